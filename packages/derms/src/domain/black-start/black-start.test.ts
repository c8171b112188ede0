import { createRandom } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { beginBlackStart, next, waitingFor, type BlackStart, type BlackStartPlan, type Island } from './black-start.ts'
import { coldLoadAt } from './cold-load.ts'

it('falls from the cold load to the usual one', () => {
  const coldLoad = { factor: 3, seconds: 600 }
  expect([0, 300, 600, 9000].map((age) => coldLoadAt(coldLoad, age))).toEqual([3, 2, 1, 1])
  expect(coldLoadAt({ factor: 2, seconds: 0 }, 0)).toBe(1)
})

it('picks up one group a step in the order of priority, each when the cold load before has gone', () => {
  const picked = played(plan([1000, 1000, 1000]), { availableW: 4500, hz: 60 }, 2000)
  // 2 kW and 2 kW fit at once; the third must wait until 2.05 kW of their 4 kW are left
  expect(picked).toEqual([
    [0, 'energise g0'],
    [30, 'energise g1'],
    [600, 'energise g2'],
    [630, 'done'],
  ])
})

it('waits for frequency, and for one that is not a number', () => {
  const begun = beginBlackStart(plan([1000]))
  expect(next(begun, { availableW: 9000, hz: 59.4 }, 0).actions).toEqual([])
  expect(next(begun, { availableW: 9000, hz: NaN }, 0).actions).toEqual([])
  expect(next(begun, { availableW: NaN, hz: 60 }, 0).actions).toEqual([])
  expect(next(begun, { availableW: 9000, hz: 59.6 }, 0).actions).toHaveLength(1)
})

it('believes the meter where it says more than was expected', () => {
  const { state } = next(beginBlackStart(plan([1000, 1000])), { availableW: 6000, hz: 60 }, 0)
  expect(next(state, { availableW: 6000, loadW: 5000, hz: 60 }, 60).actions).toEqual([])
  expect(next(state, { availableW: 6000, loadW: 500, hz: 60 }, 60).actions).toHaveLength(1)
})

it('passes over a group that can never fit, and comes back to it when there is more', () => {
  const begun = beginBlackStart(plan([9000, 1000]))
  const { state, actions } = next(begun, { availableW: 3000, hz: 60 }, 0)
  expect(actions).toEqual([{ kind: 'energise', group: 'g1' }])
  expect(next(state, { availableW: 3000, hz: 60 }, 60).actions).toEqual([])
  expect(next(state, { availableW: 30_000, hz: 60 }, 60).actions).toEqual([{ kind: 'energise', group: 'g0' }])
})

it('sheds the last in priority when generation falls', () => {
  const state = settled([1000, 1000, 1000])
  expect(next(state, { availableW: 1500, hz: 60 }, 5000).actions).toEqual([
    { kind: 'shed', group: 'g2' },
    { kind: 'shed', group: 'g1' },
  ])
})

it('tries a group that tripped after all others, and gives it up in the end', () => {
  const alive = ['g1', 'g2']
  expect(played({ ...plan([1000, 1000, 1000]), mostTrips: 2 }, { availableW: 90_000, hz: 60, alive }, 300)).toEqual([
    [0, 'energise g0'],
    [30, 'shed g0'],
    [60, 'energise g1'],
    [90, 'energise g2'],
    [120, 'energise g0'],
    [150, 'give-up g0'],
    [150, 'done'],
  ])
})

it('sheds the last in priority, one a step, while the frequency sags on, and tries it after all others', () => {
  const state = settled([1000, 1000, 1000])
  const sagging = { availableW: 90_000, hz: 58.8 }
  const first = next(state, sagging, 5000)
  expect(first.actions).toEqual([{ kind: 'shed', group: 'g2' }])
  expect(next(first.state, sagging, 5010).actions).toEqual([])
  const second = next(first.state, sagging, 5030)
  expect(second.actions).toEqual([{ kind: 'shed', group: 'g1' }])
  expect(next(second.state, { ...sagging, hz: 59.2 }, 5100).actions).toEqual([])
  expect(next(second.state, { ...sagging, hz: 60 }, 5100).actions).toEqual([{ kind: 'energise', group: 'g1' }])
})

it('gives a group until it must have reported', () => {
  const begun = { ...plan([1000]), aliveSeconds: 90 }
  const { state } = next(beginBlackStart(begun), { availableW: 9000, hz: 60 }, 0)
  expect(next(state, { availableW: 9000, hz: 60, alive: [] }, 80).actions).toEqual([])
  expect(next(state, { availableW: 9000, hz: 60, alive: [] }, 90).actions).toEqual([{ kind: 'shed', group: 'g0' }])
})

it('says what it waits for', () => {
  const begun = beginBlackStart(plan([1000]))
  expect(waitingFor(begun, { availableW: 9000, hz: 59.3 })).toBe('the frequency is 59.30 Hz, below 59.5 Hz')
  expect(waitingFor(begun, { availableW: 9000, hz: NaN })).toBe('the frequency is not known any more')
  expect(waitingFor(begun, { availableW: 2000, hz: 60 })).toBe('the next group needs 2223 W of generation')
  expect(waitingFor(begun, { availableW: 9000, hz: 60 })).toBeUndefined()
  expect(waitingFor(settled([1000]), { availableW: 0, hz: 50 })).toBeUndefined()
})

it('goes on from what was kept of it as text', () => {
  const { state } = next(beginBlackStart(plan([1000, 1000])), { availableW: 9000, hz: 60 }, 100)
  expect(JSON.parse(JSON.stringify(state))).toEqual(state)
})

it('ends at once without groups', () => {
  expect(next(beginBlackStart(plan([])), { availableW: 0, hz: 60 }, 0).actions).toEqual([{ kind: 'done' }])
})

it('never takes more than there is and changes nothing but what it says, whatever happens', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = createRandom(seed)
    const begun = plan(Array.from({ length: random.integer(1, 12) }, () => random.integer(100, 5000)))
    let state = beginBlackStart(begun)
    let availableW = random.integer(0, 40_000)
    for (let now = 0; now < 4000; now += random.integer(1, 40)) {
      if (random.next() < 0.05) availableW = random.integer(0, 40_000)
      const before = liveOf(state)
      const alive = before.filter(() => random.next() > 0.02)
      const { state: after, actions } = next(state, { availableW, hz: 60, alive }, now)
      expect(loadOf(after, now)).toBeLessThanOrEqual(availableW + 1e-9)
      const energised = actions.flatMap((action) => (action.kind === 'energise' ? [action.group] : []))
      const opened = actions.flatMap((action) =>
        'group' in action && action.kind !== 'energise' ? [action.group] : [],
      )
      expect(energised.length).toBeLessThanOrEqual(1)
      expect(new Set(liveOf(after))).toEqual(new Set([...before.filter((id) => !opened.includes(id)), ...energised]))
      if (energised.length > 0) expect(loadOf(after, now)).toBeLessThanOrEqual(availableW * (1 - begun.marginShare))
      state = after
    }
  }
})

function plan(loads: readonly number[]): BlackStartPlan {
  return {
    groups: loads.map((loadW, index) => ({ id: `g${index}`, loadW })),
    coldLoad: { factor: 2, seconds: 600 },
    stepSeconds: 30,
    aliveSeconds: 30,
    marginShare: 0.1,
    leastHz: 59.5,
    shedHz: 59,
    mostTrips: 3,
  }
}

/** All that is done in so many seconds, asked every ten. */
function played(begun: BlackStartPlan, island: Island, seconds: number): [number, string][] {
  let state = beginBlackStart(begun)
  const done: [number, string][] = []
  for (let now = 0; now <= seconds; now += 10) {
    const step = next(state, island, now)
    for (const action of step.actions)
      done.push([now, 'group' in action ? `${action.kind} ${action.group}` : action.kind])
    state = step.state
  }
  return done
}

/** All groups alive for long. */
function settled(loads: readonly number[]): BlackStart {
  const begun = beginBlackStart(plan(loads))
  return { ...begun, groups: begun.groups.map((group) => ({ ...group, status: 'live', since: 0 })), isDone: true }
}

function liveOf({ groups }: BlackStart): string[] {
  return groups.filter(({ status }) => status === 'live').map(({ id }) => id)
}

function loadOf({ groups, plan: { coldLoad } }: BlackStart, now: number): number {
  const live = groups.filter(({ status }) => status === 'live')
  return live.reduce((sum, { loadW, since }) => sum + loadW * coldLoadAt(coldLoad, now - since), 0)
}
