import { z } from 'zod'
import { balanceRegion } from './balance.ts'
import { matchConsumers, openMatch } from './match.ts'
import { RegionFile } from './region-file.ts'
import { regionOf } from './region-of.ts'
import { runStorage } from './storage-ticks.ts'

/** Solves one region file and answers in the form of its `expect`; a file that is not well formed is refused with the place of each mistake. */
export function solveRegion(json: unknown): object {
  const file = parsed(json)
  switch (file.kind) {
    case 'balance':
      return { expect: balanceRegion(file.given) }
    case 'match':
      return { expect: matchConsumers(file.given) }
    case 'storage-ticks':
      return { expect: runStorage(file.given) }
    case 'hash':
      return { cases: file.cases.map(({ given }) => ({ expect: regionOf(given.name, given.regions) })) }
    default:
      return file satisfies never
  }
}

/** As `solveRegion`, with the optimum of the integer program where consumers are matched: for small regions. */
export async function solveRegionExactly(json: unknown): Promise<object> {
  const file = parsed(json)
  if (file.kind !== 'match') return solveRegion(json)
  const { optimumOf } = await import('./exact.ts')
  const { sources, loads } = openMatch(file.given)
  return { expect: { ...matchConsumers(file.given), optimum: await optimumOf(sources, loads) } }
}

function parsed(json: unknown): RegionFile {
  const result = RegionFile.safeParse(json)
  if (!result.success) throw new Error(`not a region file:\n${z.prettifyError(result.error)}`)
  return result.data
}
