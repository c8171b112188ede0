import { describe, expect, it } from 'vitest'
import { play, see } from './story.ts'

const randomized = { randomizeStart: 60, draws: { start: 0, duration: 0, cancel: 50 } }

describe('cancelled with randomization (D16)', () => {
  it('ends at once without a bound to draw from', () => {
    const { told } = play({ events: { A: {} }, steps: [see('A', 0), see('A', 150, 3)] })
    expect(told('A').at(-1)).toEqual([150, 6])
  })

  it('is counted from the first copy that says so', () => {
    const { told } = play({ events: { A: randomized }, steps: [see('A', 0), see('A', 120, 3), see('A', 140, 3)] })
    expect(told('A').at(-1)).toEqual([170, 6])
  })

  it('lets a worse event start that comes meanwhile, and ends then', () => {
    const { told } = play({
      programs: [
        { id: 'P', primacy: 5 },
        { id: 'Q', primacy: 1 },
      ],
      events: { A: { ...randomized, program: 'Q' }, B: { start: 140 } },
      steps: [see('A', 0), see('A', 120, 3), see('B', 130)],
    })
    expect(told('A').at(-1)).toEqual([140, 6])
    expect(told('B').at(1)).toEqual([140, 2])
  })

  it('ends at once when the user has left; one that the user leaves after it ends in its time', () => {
    const out = { op: 'optOut', event: 'A' }
    const before = play({ events: { A: randomized }, steps: [see('A', 0), { ...out, at: 110 }, see('A', 120, 3)] })
    const after = play({ events: { A: randomized }, steps: [see('A', 0), see('A', 120, 3), { ...out, at: 130 }] })
    expect(before.told('A').at(-1)).toEqual([120, 6])
    expect(after.told('A').slice(-2)).toEqual([
      [130, 4],
      [170, 6],
    ])
  })

  it('gives way to a plain cancel', () => {
    const { told } = play({ events: { A: randomized }, steps: [see('A', 0), see('A', 120, 3), see('A', 130, 2)] })
    expect(told('A').at(-1)).toEqual([130, 6])
  })
})

describe('superseded by the server (D17)', () => {
  it('brings the start of the new event forward also when the old one has not started', () => {
    const { events } = play({
      events: {
        A: { randomizeStart: 90, draws: { start: 80, duration: 0, cancel: 0 } },
        B: { start: 150, randomizeStart: 90, draws: { start: 70, duration: 0, cancel: 0 } },
      },
      steps: [see('A', 0), see('B', 0), see('A', 160, 4)],
    })
    expect(events['A']?.effective).toEqual([180, 280])
    expect(events['B']?.effective).toEqual([160, 320])
  })

  it('leaves the new event its drawn start while it could not have started yet', () => {
    const { told } = play({
      events: { A: {}, B: { start: 150, randomizeStart: 30, draws: { start: 20, duration: 0, cancel: 0 } } },
      steps: [see('A', 0), see('B', 0), see('A', 140, 4)],
    })
    expect(told('A').at(-1)).toEqual([140, 7])
    expect(told('B').at(1)).toEqual([170, 2])
  })

  it('sees the new event that comes in the same poll, before or after it', () => {
    const events = {
      A: { duration: 200 },
      B: { start: 150, randomizeStart: 90, draws: { start: 80, duration: 0, cancel: 0 } },
    }
    const before = play({ events, steps: [see('A', 0), see('B', 160), see('A', 160, 4)] })
    const after = play({ events, steps: [see('A', 0), see('A', 160, 4), see('B', 160)] })
    expect(before.told('B')).toEqual(after.told('B'))
    expect(after.told('B').slice(0, 2)).toEqual([
      [160, 1],
      [160, 2],
    ])
  })

  it.each([
    ['is cancelled', see('B', 170, 2)],
    ['is left by the user', { at: 170, op: 'optOut', event: 'B' }],
  ])('runs on in its start window until the new event %s', (_, step) => {
    const { told } = play({
      events: {
        A: { randomizeStart: 120, draws: { start: 20, duration: 0, cancel: 0 } },
        B: { start: 150, randomizeStart: 60, draws: { start: 50, duration: 0, cancel: 0 } },
      },
      steps: [see('A', 0), see('B', 0), see('A', 160, 4), step],
    })
    expect(told('A').at(-1)).toEqual([170, 7])
  })

  it('runs on in its start window at most to its end', () => {
    const { told } = play({
      events: {
        A: { duration: 60, randomizeStart: 60, draws: { start: 20, duration: 0, cancel: 0 } },
        B: { start: 140, randomizeStart: 60, draws: { start: 60, duration: 0, cancel: 0 } },
      },
      steps: [see('A', 0), see('B', 0), see('A', 150, 4)],
    })
    expect(told('A').at(-1)).toEqual([180, 7])
    expect(told('B').at(1)).toEqual([200, 2])
  })
})

it('takes the status of a newer edition that says "completed" for the end', () => {
  const { told } = play({ events: { A: {} }, steps: [see('A', 0), see('A', 150, 5)] })
  expect(told('A').at(-1)).toEqual([150, 3])
})
