import { z } from 'zod'
import { balanceRegion } from './balance.ts'
import { matchConsumers } from './match.ts'
import { RegionFile } from './region-file.ts'
import { regionOf } from './region-of.ts'
import { runStorage } from './storage-ticks.ts'

/** Solves one region file and answers in the form of its `expect`; a file that is not well formed is refused with the place of each mistake. */
export function solveRegion(json: unknown): object {
  const parsed = RegionFile.safeParse(json)
  if (!parsed.success) throw new Error(`not a region file:\n${z.prettifyError(parsed.error)}`)
  const file = parsed.data
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
