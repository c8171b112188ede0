import { randomBytes } from 'node:crypto'
import { makeMrid, type Mrid } from '@gridloom/sep2030'
import { penOf, type Maker } from './derived-mrid.ts'

/** Makes mRIDs that were never made before; `now` is in seconds, with its fraction. */
export type MakeMrid = (now: number) => Mrid

/**
 * Time, a counter and chance, so that a later mRID is the larger one: of two events created in the same second the one
 * published last wins.
 */
export function createMrids(maker: Maker): MakeMrid {
  const pen = penOf(maker)
  let last = 0
  return (now) => {
    last = Math.max(Math.floor(now * 1000) * 256, last + 1)
    const bytes = Buffer.alloc(12)
    bytes.writeBigUInt64BE(BigInt(last), 0)
    randomBytes(4).copy(bytes, 8)
    return makeMrid(pen, bytes)
  }
}
