import { describe, expect, it } from 'vitest'
import { play, see } from './story.ts'

describe('opting out and in (D19)', () => {
  it.each([
    ['never taken part', [[50, 'optOut']], 10],
    ['left at the start', [[100, 'optOut']], 10],
    ['out at the end', [[150, 'optOut']], 8],
    [
      'late',
      [
        [50, 'optOut'],
        [150, 'optIn'],
      ],
      9,
    ],
    [
      'with a break',
      [
        [120, 'optOut'],
        [150, 'optIn'],
      ],
      9,
    ],
    [
      'back before the start',
      [
        [50, 'optOut'],
        [60, 'optIn'],
      ],
      3,
    ],
    [
      'back in the second of the start',
      [
        [50, 'optOut'],
        [100, 'optIn'],
      ],
      3,
    ],
  ] as const)('%s', (_, acts, final) => {
    const { told } = play({
      events: { A: {} },
      steps: [see('A', 0), ...acts.map(([at, op]) => ({ at, op, event: 'A' }))],
    })
    expect(told('A').at(-1)).toEqual([200, final])
    expect(told('A').filter(([, status]) => status === 2).length).toBe(final === 10 ? 0 : 1)
  })

  it('lets a worse event run meanwhile and takes the field back', () => {
    const { told, timeline } = play({
      events: { A: { creationTime: 9, duration: 300 }, B: { start: 150, creationTime: 1 } },
      steps: [see('A', 0), out('A', 110), see('B', 120), back('A', 200)],
      fields: ['opModMaxLimW'],
    })
    expect(told('B').at(-1)).toEqual([200, 7])
    expect(timeline['opModMaxLimW']?.map(({ from, source }) => [from, source])).toEqual([
      [0, null],
      [100, 'A'],
      [110, null],
      [150, 'B'],
      [200, 'A'],
      [400, null],
    ])
  })

  it('does not keep an event from being superseded', () => {
    const { told, events } = play({
      events: { A: { duration: 300 }, B: { start: 150, creationTime: 9 } },
      steps: [see('A', 0), see('B', 0), out('A', 110), back('A', 180)],
    })
    expect(events['A']?.history.at(-1)).toEqual({ at: 150, state: 'Superseded' })
    expect(told('A').at(-1)).toEqual([150, 7])
  })

  it('means nothing to an event that is over', () => {
    const { told } = play({ events: { A: {} }, steps: [see('A', 0), out('A', 300), back('A', 310)] })
    expect(told('A').at(-1)).toEqual([200, 3])
  })
})

describe('overriding (D20)', () => {
  const load = {
    kind: 'EndDeviceControl',
    device: { deviceCategory: '00000008' },
    fields: ['category:3'],
  } as const
  const event = { deviceCategory: '00000008', controls: { DutyCycle: 50 }, overrideDuration: 20 }

  it.each([
    [10, 8],
    [20, 8],
    [21, 10],
  ])('%i of 20 seconds allowed ends with %i', (overridden, status) => {
    const { responses } = play({
      ...load,
      events: { A: event },
      steps: [see('A', 0), { at: 120, op: 'override', event: 'A' }, { at: 120 + overridden, op: 'resume', event: 'A' }],
    })
    expect(responses.at(-1)).toEqual({ at: 200, event: 'A', status, overrideDuration: overridden })
  })

  it('keeps the field from worse events', () => {
    const { told, timeline } = play({
      ...load,
      events: { A: { ...event, creationTime: 9 }, B: { ...event, start: 150 } },
      steps: [see('A', 0), { at: 120, op: 'override', event: 'A' }, see('B', 130)],
    })
    expect(told('B').at(-1)).toEqual([130, 7])
    expect(timeline['category:3']?.map(({ source }) => source)).toEqual([null, 'A', null])
  })

  it('is not told when the event is cancelled', () => {
    const { responses } = play({
      ...load,
      events: { A: event },
      steps: [see('A', 0), { at: 120, op: 'override', event: 'A' }, see('A', 150, 2)],
    })
    expect(responses.at(-1)).toEqual({ at: 150, event: 'A', status: 6 })
  })

  it('gives way to opting out, which says more', () => {
    const { responses } = play({
      ...load,
      events: { A: event },
      steps: [see('A', 0), { at: 120, op: 'override', event: 'A' }, out('A', 150)],
    })
    expect(responses.at(-1)).toEqual({ at: 200, event: 'A', status: 8 })
  })
})

function out(event: string, at: number): { at: number; op: string; event: string } {
  return { at, op: 'optOut', event }
}

function back(event: string, at: number): { at: number; op: string; event: string } {
  return { at, op: 'optIn', event }
}
