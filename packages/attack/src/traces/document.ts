import { createHash } from 'node:crypto'
import { encode, makeMrid, type Element, type Mrid } from '@gridloom/sep2030'

/** A 2030.5 document as it is on the wire. */
export type Document = Readonly<{ resource: string; body: string }>

export function documentOf<T>(type: Element<T>, value: T): Document {
  return { resource: type.name, body: encode(type, value, { profile: 'csipaus-1.2' }).toString() }
}

/** The mRID of what has this name: always the same. */
export function mridOf(name: string): Mrid {
  return makeMrid(0, createHash('sha256').update(name).digest().subarray(0, 12))
}
