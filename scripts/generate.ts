import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSchema } from './schema/read.ts'
import { sourcesOf } from './schema/write.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'packages/sep2030/src/generated')
const schema = (file: string) => readSchema(join(root, 'schemas', file))

const sources = sourcesOf({
  base: schema('sep.xsd'),
  inForce: new Map([
    ['csipaus-1.2', schema('sep-csipaus.xsd')],
    ['csipaus-1.3-beta-storage', schema('sep-csipaus-1.3-beta-storage.xsd')],
    ['csipaus-1.3', schema('sep-csipaus-1.3.xsd')],
  ]),
})

if (process.argv.includes('--check')) check()
else generate()

function generate(): void {
  mkdirSync(target, { recursive: true })
  for (const [file, source] of sources) writeFileSync(join(target, file), source)
  console.log(`wrote ${[...sources.keys()].join(', ')}`)
}

function check(): void {
  const stale = [...sources].filter(([file, source]) => read(join(target, file)) !== source)
  for (const [file] of stale) console.error(`${file} is not what schemas/ says: run pnpm generate`)
  if (stale.length > 0) process.exitCode = 1
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
