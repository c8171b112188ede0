import { alphabetical, typesOf, vocabularyOf, type Model, type Shape, type Types } from './model.ts'
import { complexTable, extensionTable, simpleTable } from './write-tables.ts'
import { mentioned, simpleTypeSource, typeSource, valueTypeOf } from './write-types.ts'

const banner = '// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.\n'

/** The generated files by name; three and not one per type, since an actor that starts pays for every file it loads. */
export function sourcesOf(model: Model): ReadonlyMap<string, string> {
  const types = typesOf(model)
  return new Map([
    ['simple-types.ts', simpleTypesFile(types)],
    ['complex-types.ts', complexTypesFile(types)],
    ['csipaus.ts', extensionFile(model, types)],
  ])
}

function simpleTypesFile(types: Types): string {
  const names = [...types.simple.keys()]
  const tables = [...types.simple.values()].map((type) => `  ${type.name}: ${simpleTable(type, types)},\n`)
  return `${banner}import type { SimpleType } from '../codec/element.ts'

${names.map((name) => simpleTypeSource(name, types)).join('')}
export const simpleTypes = {
${tables.join('')}} as const satisfies Record<string, SimpleType>
`
}

function complexTypesFile(types: Types): string {
  const body = [...types.base.values()].map((shape) => complexTypeSource(shape, types)).join('\n')
  return `${banner}import type { Element, Typed } from '../codec/element.ts'
import type { ${mentioned(body, types.extension.keys()).join(', ')} } from './csipaus.ts'
import type { ${mentioned(body, types.simple.keys()).join(', ')} } from './simple-types.ts'

${body}`
}

function extensionFile({ inForce }: Model, types: Types): string {
  const body = [...types.extension.values()].map((shape) => complexTypeSource(shape, types)).join('\n')
  const globals = new Map([...inForce.values()].flatMap((schema) => vocabularyOf(schema).elements).map((e) => [e.name, e]))
  const elements = [...globals.values()].filter(({ name, type }) => name !== type)
  const handles = elements
    .toSorted((a, b) => alphabetical(a.name, b.name))
    .map(({ name, type }) => `export const ${name}: Element<${type}> = { name: '${name}', type: '${type}' }\n`)
  const versions = [...inForce].map(([profile, schema]) => `  '${profile}': ${extensionTable(schema)},\n`)
  const used = `${body}${handles.join('')}`
  return `${banner}import type { Element, Extension } from '../codec/element.ts'
import type { ${mentioned(used, types.base.keys()).join(', ')} } from './complex-types.ts'
import type { ${mentioned(used, types.simple.keys()).join(', ')} } from './simple-types.ts'

${body}
${handles.join('')}
export const extensions = {
${versions.join('')}} as const satisfies Record<string, Extension>
`
}

function complexTypeSource(shape: Shape, types: Types): string {
  const table = complexTable(shape)
  return `${typeSource(shape, types)}export const ${shape.name}: Element<${valueTypeOf(shape.name, types)}> = ${table}\n`
}
