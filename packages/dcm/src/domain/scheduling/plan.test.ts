import { describe, expect, it } from 'vitest'
import { play, see } from './story.ts'

const watts = { opModMaxLimW: 5000 }
const vars = { opModFixedVar: 1000 }

describe('a successor (D7)', () => {
  it('pulls the end of its predecessor to the latest start among the best of each field', () => {
    const { events } = play({
      events: {
        A: { controls: { ...watts, ...vars } },
        B: { start: 200, controls: watts, randomizeStart: 60, draws: drawn(30) },
        C: { start: 200, controls: vars, randomizeStart: 60, draws: drawn(45) },
      },
    })
    expect([events['A']?.effective, events['B']?.effective, events['C']?.effective]).toEqual([
      [100, 245],
      [245, 345],
      [245, 345],
    ])
  })

  it('has no say where a better one succeeds in the same field', () => {
    const { events, told } = play({
      events: {
        A: {},
        B: { start: 200, creationTime: 9, randomizeStart: 60, draws: drawn(20) },
        C: { start: 200, creationTime: 8, randomizeStart: 60, draws: drawn(50) },
      },
    })
    expect(events['A']?.effective).toEqual([100, 220])
    expect(told('C')).toEqual([
      [0, 1],
      [220, 7],
    ])
  })

  it('without a random start waits with the one that has it', () => {
    const { events } = play({
      events: {
        A: { controls: { ...watts, ...vars } },
        B: { start: 200, controls: watts },
        C: { start: 200, controls: vars, randomizeStart: -60, draws: drawn(-20) },
      },
    })
    expect([events['A']?.effective, events['B']?.effective, events['C']?.effective]).toEqual([
      [100, 200],
      [200, 300],
      [200, 300],
    ])
  })

  it('drawn before its predecessor starts takes up at the end of it', () => {
    const { events } = play({
      events: {
        A: { duration: 20, randomizeStart: 30, draws: drawn(25) },
        B: { start: 120, randomizeStart: -30, draws: drawn(-10) },
      },
    })
    expect([events['A']?.effective, events['B']?.effective]).toEqual([
      [125, 145],
      [145, 245],
    ])
  })

  it('that goes away gives its predecessor the own end back, at the earliest now', () => {
    const events = { A: {}, B: { start: 200, randomizeStart: 60, draws: drawn(50) } }
    const early = play({ events, steps: [see('A', 0), see('B', 0), see('B', 150, 2)] })
    const late = play({ events, steps: [see('A', 0), see('B', 0), see('B', 230, 2)] })
    expect([early.events['A']?.effective, late.events['A']?.effective]).toEqual([
      [100, 200],
      [100, 230],
    ])
  })

  it('goes back to its own draws when its predecessor goes away', () => {
    const { events } = play({ events: stretched, steps: [see('A', 0), see('B', 0), see('A', 150, 2)] })
    expect(events['B']?.effective).toEqual([210, 310])
  })

  it('whose own start is past by then starts at once and keeps its own end', () => {
    const { events, told } = play({ events: stretched, steps: [see('A', 0), see('B', 0), see('A', 220, 2)] })
    expect(events['B']?.effective).toEqual([220, 310])
    expect(told('B')).toEqual([
      [0, 1],
      [220, 2],
      [310, 3],
    ])
  })

  it('does not wait for a predecessor that the user left', () => {
    const { events } = play({
      events: stretched,
      steps: [see('A', 0), see('B', 0), { at: 50, op: 'optOut', event: 'A' } as const],
    })
    expect(events['B']?.effective).toEqual([210, 310])
  })

  it('first seen after its drawn start ends its predecessor now and runs to its own end', () => {
    const { events, told } = play({
      events: { A: {}, B: { start: 200, randomizeStart: -60, draws: drawn(-20) } },
      steps: [see('A', 0), see('B', 190)],
    })
    expect([events['A']?.effective, events['B']?.effective]).toEqual([
      [100, 190],
      [180, 280],
    ])
    expect(told('B')).toEqual([
      [190, 1],
      [190, 2],
      [280, 3],
    ])
  })

  it('of two predecessors in two fields takes up at the later end', () => {
    const { events } = play({
      events: {
        A: { controls: watts, randomizeDuration: 60, draws: drawn(0, 10) },
        B: { controls: vars, randomizeDuration: 60, draws: drawn(0, 40) },
        C: { start: 200, controls: { ...watts, ...vars } },
      },
    })
    expect(events['C']?.effective).toEqual([240, 340])
  })
})

describe('an event after another one (D8)', () => {
  it('waits for its end, though it is better, and passes the delay on', () => {
    const { events, told } = play({
      programs: [
        { id: 'P', primacy: 5 },
        { id: 'Q', primacy: 1 },
      ],
      events: {
        A: { randomizeDuration: 60, draws: drawn(0, 60) },
        B: { program: 'Q', start: 220, duration: 30, randomizeStart: -60, draws: drawn(-10) },
        C: { program: 'Q', start: 280, duration: 30 },
      },
    })
    expect([events['B']?.effective, events['C']?.effective]).toEqual([
      [260, 290],
      [290, 320],
    ])
    expect(told('A').at(-1)).toEqual([260, 3])
  })

  it('is left alone in other fields', () => {
    const { events } = play({
      events: {
        A: { controls: vars, randomizeDuration: 60, draws: drawn(0, 60) },
        B: { start: 220, randomizeStart: -60, draws: drawn(-10) },
      },
    })
    expect(events['B']?.effective).toEqual([210, 310])
  })

  it('that was seen first and runs lets one specified before it start only when it is over, for what is left', () => {
    const { told } = play({
      events: {
        A: { start: 100, duration: 100, randomizeStart: 60, draws: drawn(60) },
        B: { start: 210, duration: 30, randomizeStart: -60, draws: drawn(-60) },
      },
      steps: [see('B', 0), see('A', 155)],
    })
    expect(told('A')).toEqual([
      [155, 1],
      [180, 2],
      [260, 3],
    ])
  })
})

const stretched = {
  A: { randomizeDuration: 60, draws: drawn(0, 35) },
  B: { start: 200, randomizeStart: 60, draws: drawn(10) },
}

function drawn(start: number, duration = 0): { start: number; duration: number; cancel: number } {
  return { start, duration, cancel: 0 }
}
