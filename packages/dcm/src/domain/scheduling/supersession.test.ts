import { describe, expect, it } from 'vitest'
import { play, see } from './story.ts'

const programs = [
  { id: 'P', primacy: 5 },
  { id: 'Q', primacy: 1 },
]

describe('supersession', () => {
  it('is decided when the better event starts: what it loses to a draw it keeps (D5)', () => {
    const { told } = play({
      programs,
      events: { A: { duration: 60 }, B: { program: 'Q', start: 150, randomizeStart: 60, draws: drawn(10) } },
    })
    expect(told('A').at(-1)).toEqual([160, 3])
  })

  it('does not come from draws alone: the later event waits (D5, D8)', () => {
    const { told } = play({
      programs,
      events: { A: { randomizeDuration: 60, draws: drawn(0, 40) }, B: { program: 'Q', start: 210 } },
    })
    expect(told('A').at(-1)).toEqual([240, 3])
    expect(told('B').at(1)).toEqual([240, 2])
  })

  it('takes effect also on the part of a loser that the better one never reaches (D10)', () => {
    const { told } = play({ programs, events: { A: { start: 150 }, B: { program: 'Q', duration: 60 } } })
    expect(told('A').at(-1)).toEqual([100, 7])
  })

  it('takes only the fields of the better event from one that is yet to start, silently (D13)', () => {
    const { told, timeline } = play({
      programs,
      events: {
        A: { start: 150, controls: { opModMaxLimW: 5000, opModFixedVar: 100 } },
        B: { program: 'Q', controls: { opModMaxLimW: 4000 } },
      },
      fields: ['opModMaxLimW', 'opModFixedVar'],
      until: 300,
    })
    expect(told('A')).toEqual([
      [0, 1],
      [150, 2],
      [250, 3],
    ])
    expect(timeline['opModMaxLimW']?.map(({ source }) => source)).toEqual([null, 'B', null])
    expect(timeline['opModFixedVar']?.map(({ source }) => source)).toEqual([null, 'A', null])
  })

  it('spares an event that connects, whose other fields are lost (D14)', () => {
    const { events, told } = play({
      programs,
      events: {
        A: { controls: { opModConnect: false, opModMaxLimW: 5000 } },
        B: { program: 'Q', start: 120, duration: 20 },
      },
    })
    expect(events['A']?.state).toBe('Completed')
    expect(told('A').at(-1)).toEqual([200, 3])
  })

  it('by an event of another server aborts, whatever was lost to the own server before (D18)', () => {
    const { told, events } = play({
      programs: [...programs, { id: 'R', primacy: 0, server: 'B' }],
      events: {
        A: { controls: { opModMaxLimW: 5000, opModFixedVar: 100 } },
        B: { program: 'Q', start: 120, duration: 20 },
        C: { program: 'R', start: 150, duration: 20, controls: { opModFixedVar: 0 } },
      },
    })
    expect(events['A']?.state).toBe('Aborted')
    expect(told('A').at(-1)).toEqual([150, 13])
  })

  it('passes over what is superseded in the same second, also when that would have beaten a third (D12)', () => {
    const { told } = play({
      programs: [...programs, { id: 'R', primacy: 3 }],
      events: {
        A: { program: 'Q', controls: { opModMaxLimW: 1 } },
        B: { program: 'R', controls: { opModMaxLimW: 2 }, duration: 500 },
        C: { start: 300, controls: { opModMaxLimW: 3 } },
      },
    })
    expect(told('B')).toEqual([
      [0, 1],
      [100, 7],
    ])
    expect(told('C').at(1)).toEqual([300, 2])
  })

  it('comes with a better program through which the event is read later (D9)', () => {
    const { told } = play({
      programs: [...programs, { id: 'R', primacy: 0 }],
      events: { A: {}, B: { program: 'Q', start: 120, duration: 20 } },
      steps: [see('B', 0), see('A', 0), { ...see('A', 10), program: 'R' } as ReturnType<typeof see>],
    })
    expect(told('B').at(-1)).toEqual([100, 7])
  })
})

describe('one second', () => {
  it('takes in deliveries before ends: a cancel in the last second counts', () => {
    const { told } = play({ events: { A: {} }, steps: [see('A', 0), see('A', 200, 2)] })
    expect(told('A').at(-1)).toEqual([200, 6])
  })

  it('ends one event before it starts the next on the same field', () => {
    const { told } = play({ programs, events: { A: { program: 'Q' }, B: { start: 200 } } })
    expect(told('A').at(-1)).toEqual([200, 3])
    expect(told('B').at(1)).toEqual([200, 2])
  })
})

function drawn(start: number, duration = 0): { start: number; duration: number; cancel: number } {
  return { start, duration, cancel: 0 }
}
