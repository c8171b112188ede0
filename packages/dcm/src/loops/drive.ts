import type { LocalOrder } from '@gridloom/contracts'
import type { DeviceSetpoint } from '@gridloom/devices'
import { createBell, backoffSeconds, type Clock, type Random } from '@gridloom/kit'
import type { Actuator } from '../actuator.ts'
import { inForce, ruleOf, withOrders, type Ordered, type Rule } from '../domain/local-orders.ts'
import { owedBy } from '../domain/owed.ts'
import { defaultsAmong, defaultSchedule, type Defaults } from '../domain/default-control.ts'
import type { Posture } from '../domain/posture.ts'
import { advance } from '../domain/scheduler.ts'
import { drawFrom } from '../domain/scheduling/draws.ts'
import type { DeviceProfile, EventKey } from '../domain/scheduling/event.ts'
import { createSchedule, forget, type Schedule, type ScheduleInput } from '../domain/scheduling/schedule.ts'
import { rulersOf, targetOf, type FixedDefault } from '../domain/target.ts'
import type { Assigned } from '../domain/view.ts'
import type { Orders } from '../orders.ts'
import type { Journal } from '../store/journal.ts'

/** What a sweep brought, as the two schedules take it. */
export type News = Readonly<{ controls: readonly ScheduleInput[]; flows: readonly ScheduleInput[] }>

export type Schedules = Readonly<{ controls: Schedule; flows: Schedule }>

export type DriveOptions = Readonly<{
  journal: Journal
  actuator: Actuator
  profile: DeviceProfile
  device: Omit<Ordered, 'modes'>
  /** What the market or a region asks for, below what the utility says. */
  orders: Pick<Orders, 'running' | 'nextTurn'>
  clock: Clock
  random: Random
  fixed: FixedDefault
  serverNow: () => number
  /** Our time at which the server's clock comes to a second. */
  whenServer: (second: number) => number
  /** The programs of the last sweep: curves, ramps and the settings of the default. */
  assigned: () => readonly Assigned[]
  awaitsFlow: () => boolean
  /** False while the server is not the one that the owner registered with. */
  isTrusted: () => boolean
  /** What the trust module's word on the server and on the device means. */
  stance: Readonly<{ posture(): Posture; frozen(): Defaults | undefined }>
  /** Told when responses wait in the journal. */
  owes: () => void
  /** Told when an event begins: the list of its kind is worth a look. */
  turned: (kind: Schedule['kind']) => void
}>

/** Where the device was brought last, and what had it brought there. */
export type Brought = Readonly<{ setpoint: DeviceSetpoint; control?: string; order?: LocalOrder }>

export type Drive = Readonly<{
  /** Takes in all that one sweep brought, at once. */
  take(news: News): void
  /** Works through the schedules and keeps the device at their set point, until the signal ends it. */
  run(signal: AbortSignal): Promise<void>
  /** Looks again: at the device that is back, at a reservation that was made. */
  ring(): void
  schedules(): Schedules
  brought(): Brought
  /** How far the utility rules the power now, and so what a local order can still ask. */
  rule(): Rule
}>

// A device that does not answer after so many tries has refused, as far as the server is concerned.
const triesBeforeRefusal = 3

export function createDrive(options: DriveOptions): Drive {
  const { journal, actuator, clock, random, serverNow, whenServer, assigned, orders } = options
  const modes = options.profile.modes ?? []
  const bell = createBell(clock)
  const draw = drawFrom(random.next)
  const kept = journal.recall('schedules') as Schedules | undefined
  const inbox: News[] = kept ? [{ controls: [{ type: 'restart' }], flows: [{ type: 'restart' }] }] : []
  const asked = new Set<EventKey>()
  let schedules = kept ? refitted(kept, options.profile) : emptySchedules(options.profile)
  let written = contentOf(schedules)
  let failures = 0
  let latest: Brought = { setpoint: {} }

  const proceed = async (news: readonly News[]): Promise<number> => {
    const now = serverNow()
    const controls = advance(schedules.controls, { now, inputs: news.flatMap((one) => one.controls), draw })
    const flows = advance(schedules.flows, { now, inputs: news.flatMap((one) => one.flows), draw })
    schedules = { controls: forget(controls.schedule, now), flows: forget(flows.schedule, now) }
    const owed = [controls, flows].flatMap(({ schedule, effects }) => owedBy(schedule, effects, assigned()))
    await remember(owed)
    for (const { schedule, effects } of [controls, flows]) {
      for (const effect of effects) if (effect.type === 'apply') asked.add(effect.event)
      if (effects.some((effect) => effect.type === 'state' && effect.state === 'Active')) options.turned(schedule.kind)
    }
    return Math.min(controls.wakeAt ?? Infinity, flows.wakeAt ?? Infinity)
  }

  const remember = async (owed: ReturnType<typeof owedBy>): Promise<void> => {
    const body = contentOf(schedules)
    // Known answers are on the disk before they are sent, and draws before they are acted on.
    if (body !== written || owed.length > 0) await journal.remember({ documents: { schedules }, owed })
    written = body
    if (owed.length > 0) options.owes()
  }

  /** What the utility wants, as far as it is to be believed. */
  const utility = () => {
    if (!options.isTrusted()) return { ...emptySchedules(options.profile), assigned: [], awaitsFlow: false }
    if (!onDefault()) return { ...schedules, assigned: assigned(), awaitsFlow: options.awaitsFlow() }
    const { flows } = emptySchedules(options.profile)
    const frozen = isLocal() ? options.stance.frozen() : undefined
    const defaults = frozen ?? defaultsAmong(schedules.controls, assigned())
    const controls = defaultSchedule(schedules.controls, defaults, serverNow())
    return { controls, flows, assigned: defaults.assigned, awaitsFlow: false }
  }
  const isLocal = (): boolean => options.stance.posture().server === 'local'
  /** Neither events nor flows count: of a server that is blocked, and for a device that is distrusted. */
  const onDefault = (): boolean => isLocal() || options.stance.posture().isOnDefault
  const rule = (): Rule => {
    const { awaitsFlow, ...both } = utility()
    return ruleOf(both, awaitsFlow)
  }

  /** Brings the device along; its answers to newly begun events, and when to try again. */
  const actuate = async (): Promise<Readonly<{ answers: ScheduleInput[]; again: number }>> => {
    const sources = { ...utility(), fixed: options.fixed, modes }
    const targetWithout = (refused: ReadonlySet<string>): DeviceSetpoint => {
      const device = { ...options.device, modes: modes.filter((mode) => !refused.has(mode)) }
      const running = options.stance.posture().isOnDefault ? [] : orders.running()
      return withOrders(targetOf({ ...sources, refused }), running, device, rule())
    }
    const rulers = ruling()
    const brought = await actuator.bring(targetWithout, asked.size > 0)
    if (brought.kind === 'done') latest = { ...rulers, setpoint: actuator.setpoint() }
    failures = brought.kind === 'lost' ? failures + 1 : 0
    const again = brought.kind === 'lost' ? clock.exact() + backoffSeconds(failures - 1, random) : Infinity
    if (brought.kind === 'lost' && failures < triesBeforeRefusal) return { answers: [], again }
    const answers = [...asked].map((event) => answerOf(event, schedules.controls, brought, onDefault()))
    asked.clear()
    return { answers, again }
  }

  const ruling = (): Omit<Brought, 'setpoint'> => {
    const [control] = [...rulersOf(schedules.controls), ...rulersOf(schedules.flows)]
    const [order] = inForce(orders.running(), rule())
    return { ...(control !== undefined && { control }), ...(order && { order }) }
  }

  return {
    take(news) {
      inbox.push(news)
      bell.ring()
    },
    ring: bell.ring,
    schedules: () => schedules,
    brought: () => latest,
    rule,
    async run(signal) {
      for (;;) {
        const events = options.isTrusted() ? await proceed(inbox.splice(0)) : Infinity
        const wake = whenServer(Math.min(events, orders.nextTurn()))
        const { answers, again } = await actuate()
        if (answers.length > 0) inbox.push({ controls: answers, flows: [] })
        else await bell.restUntil(Math.min(wake, again), signal)
        signal.throwIfAborted()
      }
    },
  }
}

// The instant up to which time was worked through is no news.
function contentOf(schedules: Schedules): string {
  return JSON.stringify(schedules, (name, value: unknown) => (name === 'settledAt' ? undefined : value))
}

function emptySchedules(profile: DeviceProfile): Schedules {
  return {
    controls: createSchedule({ kind: 'DERControl', device: { ...profile, confirms: true } }),
    flows: createSchedule({ kind: 'FlowReservationResponse', device: profile }),
  }
}

// The device may have been replaced or set up otherwise while the process was down.
function refitted({ controls, flows }: Schedules, profile: DeviceProfile): Schedules {
  const { controls: freshControls, flows: freshFlows } = emptySchedules(profile)
  return { controls: { ...controls, device: freshControls.device }, flows: { ...flows, device: freshFlows.device } }
}

function answerOf(
  event: EventKey,
  { events }: Schedule,
  brought: Awaited<ReturnType<Actuator['bring']>>,
  onDefault: boolean,
): ScheduleInput {
  const fields = events.find(({ key }) => key === event)?.fields ?? []
  const isRefused = onDefault || brought.kind === 'lost' || fields.some((field) => brought.refused.has(field))
  return { type: isRefused ? 'refused' : 'accepted', event }
}
