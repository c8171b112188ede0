import { alphabetical, typesOf, vocabularyOf, type Model, type Shape, type Types } from './model.ts'
import { complexTable, extensionTable, simpleTable } from './write-tables.ts'
import { mentioned, simpleTypeSource, typeSource, valueTypeOf } from './write-types.ts'

const banner = '// GENERATED from schemas/ by scripts/generate.ts. Change the schema, then run `pnpm generate`.\n'

/** The generated files by name; four and not one per type, since an actor that starts pays for every file it loads. */
export function sourcesOf(model: Model): ReadonlyMap<string, string> {
  const types = typesOf(model)
  return new Map([
    ['simple-types.ts', simpleTypesFile(types)],
    ['complex-types.ts', complexTypesFile(types)],
    ['csipaus.ts', vocabularyFile(model, types)],
    ['extensions.ts', extensionsFile(model, types)],
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

function vocabularyFile({ inForce }: Model, types: Types): string {
  const body = [...types.extension.values()].map((shape) => complexTypeSource(shape, types)).join('\n')
  const globals = [...inForce.values()].flatMap((schema) => vocabularyOf(schema).elements)
  const named = new Map(globals.filter(({ name, type }) => name !== type).map((element) => [element.name, element]))
  const elements = [...named.values()]
    .toSorted((a, b) => alphabetical(a.name, b.name))
    .map(({ name, type }) => `export const ${name}: Element<${type}> = { name: '${name}', type: '${type}' }\n`)
  const source = `${body}\n${elements.join('')}`
  return `${banner}import type { Element } from '../codec/element.ts'
import type { ${mentioned(source, types.base.keys()).join(', ')} } from './complex-types.ts'
import type { ${mentioned(source, types.simple.keys()).join(', ')} } from './simple-types.ts'

${source}`
}

function extensionsFile({ inForce }: Model, types: Types): string {
  const versions = [...inForce].map(([profile, schema]) => `  '${profile}': ${extensionTable(schema)},\n`)
  return `${banner}import type { Extension } from '../codec/element.ts'
import { ${[...types.extension.keys()].toSorted(alphabetical).join(', ')} } from './csipaus.ts'

export const extensions = {
${versions.join('')}} as const satisfies Record<string, Extension>
`
}

function complexTypeSource(shape: Shape, types: Types): string {
  const table = complexTable(shape)
  return `${typeSource(shape, types)}export const ${shape.name}: Element<${valueTypeOf(shape.name, types)}> = ${table}\n`
}
