import { expect, it } from 'vitest'
import { DERControl, DERSettings, MirrorMeterReading, MirrorMeterReadingList } from '../generated/complex-types.ts'
import { ConnectionPoint } from '../generated/csipaus.ts'
import { listOrder, timeKeyOf } from './list-order.ts'
import { resources } from './resources.ts'

it('has each resource of the standard once, and two of the extension', () => {
  expect(resources).toHaveLength(128)
  expect(new Set(resources.map(({ name }) => name)).size).toBe(128)
})

it('tells what a resource is served as and which methods it has', () => {
  expect(resourceNamed('DERSettings')).toMatchObject({
    pattern: '/edev/{id1}/der/{id2}/derg',
    type: DERSettings,
    methods: { GET: 'M', HEAD: 'M', PUT: 'M', POST: 'E', DELETE: 'E' },
    subscribable: true,
    pollRate: false,
  })
})

it('takes members in a POST to a list, and readings in one to a mirror', () => {
  expect(resourceNamed('DERControlList')?.post).toEqual([DERControl])
  expect(resourceNamed('ActiveDERControlList')?.post).toEqual([])
  expect(resourceNamed('MirrorUsagePoint')?.post).toEqual([MirrorMeterReading, MirrorMeterReadingList])
})

it('knows the connection point in the Australian profiles only', () => {
  const profiles = ['csipaus-1.2', 'csipaus-1.3-beta-storage', 'csipaus-1.3']
  expect(resourceNamed('ConnectionPoint')).toMatchObject({ type: ConnectionPoint, pattern: '/edev/{id1}/cp', profiles })
})

it('keeps controls by start, then the newest, then the greatest mRID', () => {
  const control = (start: number, creationTime: number, mRID: string) => ({
    interval: { start, duration: 1 },
    creationTime,
    mRID,
  })
  const sorted = [control(1, 9, 'FF'), control(1, 9, '0100'), control(1, 10, '00'), control(2, 1, '00')]
  expect(
    sorted
      .toReversed()
      .toSorted(listOrder('DERControl'))
      .map(({ mRID }) => mRID),
  ).toEqual(['00', '0100', 'FF', '00'])
})

it('puts a missing key first when ascending', () => {
  const sorted = [{}, { localID: '01' }, { localID: '01', touTier: 1 }, { localID: '0a' }, { localID: '0010' }]
  expect(sorted.toReversed().toSorted(listOrder('Reading'))).toEqual(sorted)
})

it('compares the time of a list with the parameter a', () => {
  expect(timeKeyOf('DERControl')).toBe('interval.start')
  expect(timeKeyOf('LogEvent')).toBe('createdDateTime')
  expect(timeKeyOf('EndDevice')).toBeUndefined()
})

function resourceNamed(wanted: string) {
  return resources.find(({ name }) => name === wanted)
}
