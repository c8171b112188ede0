import { coldLoadAt, type ColdLoad } from './cold-load.ts'

export type BlackStartPlan = Readonly<{
  /** In the order of their priority, each with its usual load. */
  groups: readonly Readonly<{ id: string; loadW: number }>[]
  coldLoad: ColdLoad
  /** Between two pick-ups at least. */
  stepSeconds: number
  /** From its pick-up until a group must be seen alive. */
  aliveSeconds: number
  /** Part of the generation that is never used. */
  marginShare: number
  /** No pick-up below this frequency. */
  leastHz: number
  /** Below this one the last in priority is shed, one a step. */
  shedHz: number
  /** A group that tripped so often stays dark. */
  mostTrips: number
}>

/** One group on its way; `since` is the time of its last change. */
export type GroupState = Readonly<{
  id: string
  loadW: number
  status: 'dark' | 'live' | 'given-up'
  since: number
  trips: number
}>

export type BlackStart = Readonly<{
  plan: BlackStartPlan
  /** In the order of their priority. */
  groups: readonly GroupState[]
  /** Absent until something is done. */
  changedAt?: number
  isDone: boolean
}>

/** What is known of the island now. */
export type Island = Readonly<{
  availableW: number
  /** What the groups take together, where that is metered. */
  loadW?: number
  hz: number
  /** Groups that are seen alive, where that is known. */
  alive?: readonly string[]
}>

export type BlackStartAction =
  | Readonly<{ kind: 'energise' | 'shed' | 'give-up'; group: string }>
  | Readonly<{ kind: 'done' }>

export function beginBlackStart(plan: BlackStartPlan): BlackStart {
  const groups = plan.groups.map((group) => ({ ...group, status: 'dark', since: 0, trips: 0 }) as const)
  return { plan, groups, isDone: false }
}

/**
 * The next thing to do: what tripped is noted, what the generation or the frequency no longer carries is shed, last in
 * priority first, and else the next group is picked up when its cold load fits into what is available less the margin, frequency has held and
 * the last change is a step ago. What tripped is tried again after all others.
 */
export function next(
  state: BlackStart,
  island: Island,
  now: number,
): Readonly<{ state: BlackStart; actions: readonly BlackStartAction[] }> {
  const noted = noteTrips(state, island, now)
  const carried = shedExcess(noted.state, island, now)
  const relieved = carried.actions.length > 0 ? carried : shedSlow(carried.state, island, now)
  const before = [...noted.actions, ...relieved.actions]
  const chosen = before.length > 0 ? undefined : nextGroup(relieved.state, island, now)
  if (chosen !== undefined) {
    const actions = [{ kind: 'energise', group: chosen }] as const
    return { state: change(relieved.state, [chosen], { status: 'live' }, now), actions }
  }
  const isDone = relieved.state.groups.every((group) => isSettled(group, state.plan, now))
  const actions = isDone && !state.isDone ? [...before, { kind: 'done' } as const] : before
  return { state: { ...relieved.state, isDone }, actions }
}

type Step = Readonly<{ state: BlackStart; actions: readonly BlackStartAction[] }>

/** A group that should have come alive by now, or was, and is not. */
function noteTrips(state: BlackStart, { alive }: Island, now: number): Step {
  if (!alive) return { state, actions: [] }
  const seen = new Set(alive)
  const { aliveSeconds } = state.plan
  const gone = state.groups.filter(
    ({ id, status, since }) => status === 'live' && now - since >= aliveSeconds && !seen.has(id),
  )
  return tripped(state, gone, now)
}

/** Groups go dark and are tried again after all others, or no more. Their switch is opened in any case, so that none comes back by itself. */
function tripped(state: BlackStart, gone: readonly GroupState[], now: number): Step {
  const isLast = ({ trips }: GroupState): boolean => trips + 1 >= state.plan.mostTrips
  const after = gone.reduce((changed, group) => {
    const status = isLast(group) ? 'given-up' : 'dark'
    return change(changed, [group.id], { status, trips: group.trips + 1 }, now)
  }, state)
  const actions = gone.map((group) => ({ kind: isLast(group) ? 'give-up' : 'shed', group: group.id }) as const)
  return { state: after, actions }
}

/** A frequency that sags on says that there is less generation than was told. */
function shedSlow(state: BlackStart, { hz }: Island, now: number): Step {
  const { shedHz, stepSeconds } = state.plan
  const isDue = state.changedAt === undefined || now - state.changedAt >= stepSeconds
  const last = state.groups.findLast(({ status }) => status === 'live')
  return hz < shedHz && isDue && last ? tripped(state, [last], now) : { state, actions: [] }
}

function shedExcess(state: BlackStart, island: Island, now: number): Step {
  const shed: string[] = []
  const live = liveLoads(state, island, now)
  let load = live.reduce((sum, { watts }) => sum + watts, 0)
  for (const { id, watts } of live.toReversed()) {
    if (!(load > island.availableW)) break
    load -= watts
    shed.push(id)
  }
  if (shed.length === 0) return { state, actions: [] }
  const actions = shed.map((group) => ({ kind: 'shed', group }) as const)
  return { state: change(state, shed, { status: 'dark' }, now), actions }
}

/** What each live group takes now, by its cold load or by the meter, whichever says more. */
function liveLoads({ groups, plan }: BlackStart, { loadW = 0 }: Island, now: number) {
  const live = groups.filter(({ status }) => status === 'live')
  const expected = live.map((group) => group.loadW * coldLoadAt(plan.coldLoad, now - group.since))
  const total = expected.reduce((sum, watts) => sum + watts, 0)
  // what no group is expected to take is laid to all alike
  const unknown = total > 0 ? 0 : loadW / Math.max(live.length, 1)
  const scale = total > 0 ? Math.max(loadW / total, 1) : 1
  return live.map(({ id }, index) => ({ id, watts: (expected[index] ?? 0) * scale + unknown }))
}

/** The first dark group, those that tripped last; one that would not fit even when all cold load is over is passed over. */
function nextGroup(state: BlackStart, island: Island, now: number): string | undefined {
  const { plan, groups, changedAt } = state
  // written so that a frequency or a generation that is not a number allows nothing
  if (!(island.hz >= plan.leastHz)) return undefined
  if (changedAt !== undefined && now - changedAt < plan.stepSeconds) return undefined
  const usableW = island.availableW * (1 - plan.marginShare)
  const loadW = liveLoads(state, island, now).reduce((sum, { watts }) => sum + watts, 0)
  const settledW = groups.reduce((sum, group) => sum + (group.status === 'live' ? group.loadW : 0), 0)
  const coldW = (group: GroupState) => group.loadW * plan.coldLoad.factor
  const first = groups
    .filter(({ status }) => status === 'dark')
    .toSorted((a, b) => a.trips - b.trips)
    .find((group) => settledW + coldW(group) <= usableW)
  return first && loadW + coldW(first) <= usableW ? first.id : undefined
}

/** Given up, or alive for so long that it would have tripped by now. */
function isSettled({ status, since }: GroupState, { aliveSeconds }: BlackStartPlan, now: number): boolean {
  return status === 'given-up' || (status === 'live' && now - since >= aliveSeconds)
}

/** What keeps the groups that are dark from being picked up; undefined when none is, or nothing does. */
export function waitingFor({ plan, groups }: BlackStart, { hz, availableW }: Island): string | undefined {
  if (groups.every(({ status }) => status !== 'dark')) return undefined
  if (Number.isNaN(hz)) return 'the frequency is not known any more'
  if (hz < plan.leastHz) return `the frequency is ${hz.toFixed(2)} Hz, below ${plan.leastHz} Hz`
  const settledW = groups.reduce((sum, group) => sum + (group.status === 'live' ? group.loadW : 0), 0)
  const neededW = groups.flatMap(({ status, loadW }) => (status === 'dark' ? [loadW * plan.coldLoad.factor] : []))
  const leastW = settledW + Math.min(...neededW)
  if (leastW <= availableW * (1 - plan.marginShare)) return undefined
  return `the next group needs ${Math.ceil(leastW / (1 - plan.marginShare))} W of generation`
}

function change(
  state: BlackStart,
  ids: readonly string[],
  to: Partial<Pick<GroupState, 'status' | 'trips'>>,
  now: number,
): BlackStart {
  const changed = state.groups.map((group) => (ids.includes(group.id) ? { ...group, ...to, since: now } : group))
  return { ...state, groups: changed, changedAt: now }
}
