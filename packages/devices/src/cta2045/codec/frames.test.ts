import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isIntact } from './checksum.ts'
import { bytesOf, encodeFrame, framed, hexOf, unitOf } from './frame.ts'
import { judgeBurst } from './judge.ts'
import { messageTypes } from './message.ts'
import { durationByte, durationOf, longestSeconds, priceByte, relativePriceOf } from './scales.ts'

const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../../../../test/vectors/cta2045/frames.json', import.meta.url), 'utf8'),
)

it.each(vectors.frames)('judges $id as $fault', ({ hex, fault, decoded, linkReply, appReply }) => {
  const found = judgeBurst(bytesOf(hex))
  expect(found.fault).toBe(fault)
  expect(found.decoded).toEqual(decoded)
  expect(found.linkReply && hexOf(encodeFrame(found.linkReply))).toBe(linkReply)
  expect(found.appReply && hexOf(found.appReply)).toBe(appReply)
})

it.each(vectors.frames.filter(({ valid, note }) => valid && !note?.startsWith('reserved')))(
  'writes $id as it was read',
  ({ hex }) => {
    const { decoded } = judgeBurst(bytesOf(hex))
    expect(decoded && hexOf(encodeFrame(decoded))).toBe(hex)
  },
)

it('makes something of any bytes', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), headed(fc.uint8Array({ maxLength: 80 }))), (bytes) => {
      const { fault, decoded, linkReply } = judgeBurst(bytes)
      expect(fault !== null || decoded !== null).toBe(true)
      if (linkReply) expect(encodeFrame(linkReply)).toHaveLength(2)
    }),
    { numRuns: 2000 },
  )
})

it('writes what it read of any intact message, and reads that as the same', () => {
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constantFrom(...vectors.frames.filter(({ valid }) => valid).map(({ hex }) => bytesOf(hex).subarray(4, -2))),
  )
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(messageTypes)), payload, (type, bytes) => {
      const { fault, decoded } = judgeBurst(framed(type, bytes))
      if (fault || !decoded) return
      const again = encodeFrame(decoded)
      expect(isIntact(again)).toBe(true)
      // a second set point that is marked as not supported is left out
      expect(judgeBurst(again).decoded).toEqual(decoded)
    }),
    { numRuns: 2000 },
  )
})

it('finds one flipped bit, but for 00 and FF being equal', () => {
  const frame = bytesOf('08 02 00 07 0C 00 00 3C 00 05 02 A9 4B')
  fc.assert(
    fc.property(fc.nat(frame.length * 8 - 1), (bit) => {
      const damaged = Buffer.from(frame)
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(judgeBurst(damaged).fault).not.toBeNull()
    }),
  )
})

it('ends an event no sooner than asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: longestSeconds }), (seconds) => {
      expect(durationOf(durationByte(seconds))).toBeGreaterThanOrEqual(seconds)
      expect(durationOf(durationByte(seconds) - 1) ?? 0).toBeLessThan(seconds)
    }),
  )
  expect([60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400].map(durationByte)).toEqual([
    0x06, 0x0d, 0x16, 0x1e, 0x2b, 0x3c, 0x55, 0x78, 0xd0,
  ])
  expect([durationByte(longestSeconds + 1), durationByte(null)]).toEqual([0xff, 0])
})

it('writes a price as the nearest index', () => {
  expect([1, 0.5, 2, 4].map(priceByte)).toEqual([0x41, 0x29, 0x65, 0x99])
  for (let byte = 1; byte < 255; byte++) expect(priceByte(relativePriceOf(byte))).toBe(byte)
})

it('asks for more bytes until a message is whole', () => {
  const frame = bytesOf('08 01 00 02 01 1E CF 5B')
  for (let length = 1; length < frame.length; length++)
    expect(unitOf(frame.subarray(0, length), 256)).toEqual({ kind: 'incomplete' })
  expect(unitOf(Buffer.concat([frame, frame]), 256)).toEqual({ kind: 'frame', length: 8 })
})

it('decodes the answer behind an ACK that came in the same burst', () => {
  expect(judgeBurst(bytesOf('06 00 08 01 00 02 13 04 CD 65')).decoded).toMatchObject({ state: 'idleCurtailed' })
})

type Vectors = Readonly<{
  frames: readonly Readonly<{
    id: string
    hex: string
    valid: boolean
    fault: string | null
    decoded: object | null
    linkReply: string | null
    appReply: string | null
    note?: string
  }>[]
}>

function headed(payload: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(0x08, 0x09, 0xf1), fc.integer({ min: 0, max: 4 }), payload)
    .map(([type, subtype, bytes]) => framed([type, subtype], bytes))
}
