import { RegionDetail, RegionList } from '@gridloom/contracts'
import { openAdmin } from './admin.ts'
import { parse, single } from './command.ts'
import { writeJson } from './io.ts'
import { numberIn } from './number-in.ts'
import { table } from './table.ts'

const options = { grid: { type: 'string' }, json: { type: 'boolean', default: false } } as const

/** `gridloom region list`: the regions of the running grid, a line each. */
export async function listRegions(argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, options)
  await using tracker = openAdmin(values.grid, 'tracker', 'url')
  const { regions } = await tracker.get('/regions', RegionList)
  if (values.json) writeJson({ regions }, true)
  else {
    const heads = [
      'region',
      'phase',
      'epoch',
      'rounds',
      'gen',
      'storage',
      'consumers',
      'starving',
      'demand kW',
      'served kW',
      'shed kW',
      'curtailed kW',
    ]
    const rows = regions.map(({ books, ...one }) => [
      one.region,
      one.phase,
      one.epoch,
      one.rounds,
      one.generators,
      one.storages,
      one.consumers,
      one.starving,
      ...[books.demandKw, books.servedKw, books.shedKw, books.curtailedKw].map(tenths),
    ])
    process.stdout.write(`${table(heads, rows)}\n`)
  }
  return 0
}

/** `gridloom region show N`: a region's peers and who feeds whom. */
export async function showRegion(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, options)
  const number = numberIn('region', single(positionals, 'REGION'), 0, 1_000_000)
  await using tracker = openAdmin(values.grid, 'tracker', 'url')
  const region = await tracker.get(`/regions/${number}`, RegionDetail)
  if (values.json) writeJson(region, true)
  else {
    const names = new Map(region.peers.map(({ id, name }) => [id, name]))
    const rows = region.peers.map(({ name, kind, state, kw, note, generator, trust }) => [
      name,
      kind,
      state,
      tenths(kw),
      generator === undefined ? (kind === 'consumer' ? 'nobody' : '') : (names.get(generator) ?? generator),
      [...(note === undefined ? [] : [note]), ...(trust === undefined ? [] : [`trust ${trust.toFixed(2)}`])].join(', '),
    ])
    process.stdout.write(`${table(['peer', 'kind', 'state', 'kW', 'fed by', ''], rows)}\n`)
  }
  return 0
}

const tenths = (kw: number): number => Math.round(10 * kw) / 10
