import { expect, it } from 'vitest'
import { ConnectionPoint, DERControl, DERControlResponse, MirrorMeterReadingList } from '../index.ts'
import { decode } from './decode.ts'
import { encode } from './encode.ts'

it('takes the namespace of the former edition only from who says so', () => {
  const response =
    '<DERControlResponse xmlns="http://ieee.org/2030.5"><endDeviceLFDI>AB</endDeviceLFDI><subject>01</subject></DERControlResponse>'
  expect(() => decode(DERControlResponse, Buffer.from(response))).toThrow('no element that a document may begin with')
  const read = decode(DERControlResponse, Buffer.from(response), { tolerate: ['former-names'] })
  expect(read).toEqual({ endDeviceLFDI: 'AB', subject: '01' })
})

it('takes the former namespace under a prefix too', () => {
  const response =
    '<a:DERControlResponse xmlns:a="http://ieee.org/2030.5"><a:endDeviceLFDI>AB</a:endDeviceLFDI><a:subject>01</a:subject></a:DERControlResponse>'
  const read = decode(DERControlResponse, Buffer.from(response), { tolerate: ['former-names'] })
  expect(read).toEqual({ endDeviceLFDI: 'AB', subject: '01' })
})

it('takes the id of a connection point as CSIP-AUS 1.1 wrote it', () => {
  const point = Buffer.from('<ConnectionPoint xmlns="https://csipaus.org/ns"><id>QAAAVZZZZZ3</id></ConnectionPoint>')
  const profile = 'csipaus-1.2'
  expect(() => decode(ConnectionPoint, point, { profile })).toThrow('no such element')
  const read = decode(ConnectionPoint, point, { profile, tolerate: ['former-names'] })
  expect(read).toEqual({ connectionPointId: 'QAAAVZZZZZ3' })
})

it('counts a list that came without its counts, where that is tolerated', () => {
  const list = readings('', '<MirrorMeterReading><mRID>AA</mRID></MirrorMeterReading>'.repeat(2))
  expect(() => decode(MirrorMeterReadingList, list)).toThrow('the attribute all is missing')
  expect(decode(MirrorMeterReadingList, list, { tolerate: ['uncounted-list'] })).toMatchObject({ all: 2, results: 2 })
  expect(decode(MirrorMeterReadingList, readings('', ''), { tolerate: ['uncounted-list'] })).toEqual({
    all: 0,
    results: 0,
  })
})

it('leaves the counts that a list came with', () => {
  const list = readings(' all="7" results="7"', '')
  expect(decode(MirrorMeterReadingList, list, { tolerate: ['uncounted-list'] })).toEqual({ all: 7, results: 7 })
})

it('leaves an extension out for who knows none', () => {
  const control = {
    mRID: 'AA',
    creationTime: 1,
    EventStatus: { currentStatus: 0, dateTime: 1, potentiallySuperseded: false },
    interval: { duration: 1, start: 2 },
    DERControlBase: { opModMaxLimW: 5000, opModExpLimW: { multiplier: 0, value: 100 } },
  }
  expect(() => encode(DERControl, control)).toThrow('no such attribute or element')
  const bare = encode(DERControl, control, { unknown: 'skip' })
  expect(decode(DERControl, bare)).toEqual({ ...control, DERControlBase: { opModMaxLimW: 5000 } })
})

function readings(attributes: string, members: string): Buffer {
  return Buffer.from(
    `<MirrorMeterReadingList xmlns="urn:ieee:std:2030.5:ns"${attributes}>${members}</MirrorMeterReadingList>`,
  )
}
