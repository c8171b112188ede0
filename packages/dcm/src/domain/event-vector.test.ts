import { expect, it } from 'vitest'
import { replayEvents } from './replay.ts'

it.each([
  ['an unknown program', { events: { A: { ...event(), program: 'X' } } }, 'events.A.program'],
  ['an unknown event', { steps: [{ at: 0, op: 'optOut', event: 'X' }] }, 'steps[0].event'],
  ['an unknown act', { steps: [{ at: 0, op: 'wait' }] }, 'steps[0].op'],
  ['a step back in time', { steps: [restart(10), restart(9)] }, 'steps[1].at'],
  ['a step after the end', { steps: [restart(101)] }, 'steps[0].at'],
  ['another format', { format: 'market/1' }, 'format'],
  ['no duration', { events: { A: { ...event(), duration: undefined } } }, 'events.A.duration'],
])('names %s and where it stands', (_, members, path) => {
  expect(() => replayEvents({ ...vector(), ...members })).toThrow(path)
})

it('leaves an event that is never read unseen', () => {
  expect(replayEvents(vector())).toEqual({
    events: { A: { state: 'Unseen', history: [], effective: null } },
    responses: [],
    timeline: { opModMaxLimW: [] },
  })
})

function vector(): Record<string, unknown> {
  return {
    format: 'event-vector/1',
    name: 'test',
    kind: 'DERControl',
    device: { lfdi: '00' },
    programs: [{ id: 'P', mRID: '01', primacy: 1 }],
    events: { A: event() },
    steps: [],
    fields: ['opModMaxLimW'],
    until: 100,
  }
}

function event(): Record<string, unknown> {
  return {
    program: 'P',
    mRID: '02',
    creationTime: 0,
    start: 10,
    duration: 10,
    responseRequired: '07',
    controls: { opModMaxLimW: 1 },
  }
}

function restart(at: number): Record<string, unknown> {
  return { at, op: 'restart' }
}
