import { expect, it } from 'vitest'
import { overridesAt, parseEventList } from './event-list.ts'

const list = [
  '\uFEFFTimeStep,DerID,Volts,Hz',
  '10,pv-1,228,',
  '10,pv-2,,59.5',
  ',pv-3,252.5',
  '20,pv-1,,60.2',
  '20,pv-1,230,',
  '5,pv-9,240,60',
  '',
].join('\r\n')

it('reads several rows a step, blank cells, short rows and steps out of order', () => {
  expect(parseEventList(list, 'Event-list.csv')).toEqual([
    { at: 5, device: 'pv-9', volts: 240, hertz: 60 },
    { at: 10, device: 'pv-1', volts: 228 },
    { at: 10, device: 'pv-2', hertz: 59.5 },
    { at: 10, device: 'pv-3', volts: 252.5 },
    { at: 20, device: 'pv-1', hertz: 60.2 },
    { at: 20, device: 'pv-1', volts: 230 },
  ])
})

it('holds every value until another comes', () => {
  const overrides = parseEventList(list, 'Event-list.csv', 0.5)
  expect(overridesAt(overrides, 4.9).get('pv-1')).toBeUndefined()
  expect(overridesAt(overrides, 5).get('pv-1')).toMatchObject({ volts: 228 })
  expect(overridesAt(overrides, 1000).get('pv-1')).toMatchObject({ volts: 230, hertz: 60.2 })
})

it('takes the columns in any order', () => {
  expect(parseEventList('Hz,Volts,DerID,TimeStep\n61,,a,3\n', 'e.csv')).toEqual([{ at: 3, device: 'a', hertz: 61 }])
})

it.each([
  ['TimeStep,DerID,Volts\n', 'e.csv:1: there is no column "Hz"'],
  ['TimeStep,DerID,Volts,Hz\n,a,1,\n', 'e.csv:2: TimeStep is blank in the first row'],
  ['TimeStep,DerID,Volts,Hz\n1,,1,\n', 'e.csv:2: DerID is blank in the first row'],
  ['TimeStep,DerID,Volts,Hz\n1.5,a,1,\n', 'e.csv:2: TimeStep: "1.5" is not a whole number'],
  ['TimeStep,DerID,Volts,Hz\n1,a,240,\n2,a,high,\n', 'e.csv:3: Volts: "high" is not a number'],
  ['TimeStep,DerID,Volts,Hz\n1,a,,-60\n', 'e.csv:2: Hz: "-60" is below 0'],
])('refuses %j', (text, message) => {
  expect(() => parseEventList(text, 'e.csv')).toThrow(message)
})
