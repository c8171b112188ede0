import { expect, it } from 'vitest'
import { alarmEvents } from './alarms.ts'

const at = { time: 1000, id: 65_535, pen: 4711 }

it('tells an alarm when it is raised and when it clears', () => {
  expect(codes(alarmEvents([], ['overVoltage'], at))).toEqual([2])
  expect(codes(alarmEvents(['overVoltage'], [], at))).toEqual([3])
})

it('is silent while nothing changes', () => {
  expect(alarmEvents(['phaseRotation'], ['phaseRotation'], at)).toEqual([])
})

it('numbers events on and wraps around', () => {
  const ids = alarmEvents([], ['overCurrent', 'underFrequency'], at).map(({ logEventID }) => logEventID)
  expect(ids).toEqual([65_535, 0])
})

it('tells that the device is lost and that it is back by codes of its own', () => {
  const [lost] = alarmEvents(['overVoltage'], ['overVoltage', 'lost'], at)
  expect(lost).toMatchObject({ profileID: 1, logEventPEN: 4711, logEventCode: 0 })
  expect(codes(alarmEvents(['overVoltage', 'lost'], [], at))).toEqual([3, 1])
})

function codes(events: ReturnType<typeof alarmEvents>) {
  return events.map(({ logEventCode }) => logEventCode)
}
