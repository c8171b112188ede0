import { expect, it } from 'vitest'
import { parseGridEvents } from './grid-event.ts'

it('reads one of each', () => {
  const text = `events:
  - { at: 10, seconds: 5, kind: voltage, pu: 0.8, name: fault nearby }
  - { at: 20, kind: frequency, hertz: 59.2, rampSeconds: 4, seconds: 60 }
  - { at: 20, kind: load, megawatts: 2 }
  - { at: 30, seconds: 90, kind: cloud, depth: 0.7, rampSeconds: 20 }
  - { at: 40, seconds: 10, kind: outage, nodes: [671] }
  - { at: 50, seconds: 30, kind: communication, link: server, devices: [pv-1] }
`
  const events = parseGridEvents(text, 'e.yaml')
  expect(events.map(({ kind }) => kind)).toEqual(['voltage', 'frequency', 'load', 'cloud', 'outage', 'communication'])
  expect(events[4]).toMatchObject({ nodes: ['671'] })
  expect(events[0]).toMatchObject({ rampSeconds: 0, name: 'fault nearby' })
})

it('reads a bare list, and JSON', () => {
  expect(parseGridEvents('[{"at": 1, "kind": "outage"}]', 'e.json')).toEqual([{ at: 1, kind: 'outage' }])
})

it.each([
  ['events:\n  - at: 1\n    kind: sag\n', 'e.yaml:3: events[0].kind: '],
  ['events:\n  - at: 1\n    kind: voltage\n    pu: low\n', 'e.yaml:4: events[0].pu: '],
  ['events:\n  - at: 1\n    kind: voltage\n', 'e.yaml:2: events[0].pu: '],
  ['events:\n  - at: 1\n    kind: outage\n    pu: 1\n', 'e.yaml:2: events[0]: Unrecognized key: "pu"'],
  ['- at: -1\n  kind: outage\n', 'e.yaml:1: [0].at: '],
  ['events:\n  - at: [1\n', 'e.yaml:'],
  ['', 'e.yaml:'],
])('says of %j the line and the key', (text, message) => {
  expect(() => parseGridEvents(text, 'e.yaml')).toThrow(message)
})
