import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Config as DcmConfig } from '@gridloom/dcm'
import { Config as DermsConfig } from '@gridloom/derms'
import { Config as DtmConfig } from '@gridloom/dtm'
import { Config as EnvironmentConfig } from '@gridloom/environment'
import { Config as GspConfig } from '@gridloom/gsp'
import { describeConfig } from '@gridloom/kit'
import { Config as SchedulerConfig } from '@gridloom/scheduler'
import { Config as MarketConfig } from '@gridloom/market'
import { Config as TeuaConfig } from '@gridloom/teua'
import { Config as TrackerConfig } from '@gridloom/tracker'

// Writes the table of configuration keys into the reference page of each actor, and a JSON Schema for editors beside it.
const folder = join(import.meta.dirname, '../docs/reference')
const actors = {
  gsp: GspConfig,
  dcm: DcmConfig,
  derms: DermsConfig,
  dtm: DtmConfig,
  environment: EnvironmentConfig,
  scheduler: SchedulerConfig,
  teua: TeuaConfig,
  tracker: TrackerConfig,
  market: MarketConfig,
}
const begin = '<!-- configuration: printed by scripts/reference.ts -->'
const end = '<!-- end of configuration -->'

const pages = new Map(
  Object.entries(actors).flatMap(([actor, schema]) => {
    const { markdown, jsonSchema } = describeConfig(schema, actor)
    return [
      [`${actor}.md`, insert(readFileSync(join(folder, `${actor}.md`), 'utf8'), markdown)],
      [`${actor}.schema.json`, `${JSON.stringify(jsonSchema, null, 2)}\n`],
    ]
  }),
)

for (const [file, text] of pages) {
  if (!process.argv.includes('--check')) writeFileSync(join(folder, file), text)
  else if (readFileSync(join(folder, file), 'utf8') !== text) stale(file)
}

function insert(page: string, table: string): string {
  const [head, rest = ''] = page.split(begin)
  const [, tail = ''] = rest.split(end)
  return `${head}${begin}\n\n${table}\n\n${end}${tail}`
}

function stale(file: string): void {
  console.error(`docs/reference/${file} is not what the configuration schema says: run pnpm generate`)
  process.exitCode = 1
}
