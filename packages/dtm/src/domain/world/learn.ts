import { acknowledge } from '../rules/repeated-post.ts'
import { awaitedResponses } from '../rules/awaited-response.ts'
import { targetsOf } from '../rules/setpoints.ts'
import type { ControlFact } from './control-facts.ts'
import type { Device, Held } from './device.ts'
import type { ProgramFact } from './facts.ts'
import { withinRoom } from './memory.ts'
import { isAnswer, isRequest, isSuccess, isWrite, type Message } from './message.ts'
import { programAt } from './program-at.ts'
import { shapeOf } from './server.ts'
import { plan } from './timers.ts'
import { bounded, deviceOf, ratedWatts, serverOf, type World } from './world.ts'

const mostPrograms = 16
const mostControls = 20
const mostTargets = 16
const mostRates = 16
const mostSubscriptions = 16
const mostPublished = 50_000
const mostShapes = 2000
const mostAsked = 50_000
const mostStatuses = 16
const keptAfterEnd = 3600
const usualPollRate = 300
const cancelled = 2

/** Takes in what a message tells of the world, after the rules have judged it. */
export function learn(message: Message, world: World): void {
  const { gsp, dcm, observation } = message
  if (dcm !== undefined && observation.kind === 'device-command')
    deviceOf(world, dcm).commandedAt = observation.observedAt
  if (isRequest(message)) rememberRequest(message, world)
  if (isAnswer(message)) learnAnswer(message, world)
  learnOfServer(message, world)
  if (gsp === undefined || dcm === undefined) return
  const device = deviceOf(world, dcm)
  if (message.from.id === gsp) learnServed(message, world, device)
  else if (isWrite(message)) learnSaid(message, world, device)
  if (observation.kind === 'notification' && message.facts.notifies !== undefined)
    subscribe(device, [message.facts.notifies])
}

/** What a server's word is enough for: whose client a device is, and who owns what. */
export function learnOfServer({ from, gsp, dcm, facts }: Message, world: World): void {
  if (gsp === undefined) return
  if (dcm !== undefined) deviceOf(world, dcm).server ??= gsp
  if (from.id === gsp) for (const { href, lfdi } of facts.owners ?? []) world.owners.set(`${gsp} ${href}`, lfdi)
}

function rememberRequest({ observation, other, gsp }: Message, { asked }: World): void {
  const { corr, reporter, observedAt, sha256 } = observation
  if (corr === undefined || gsp === undefined) return
  const seen = { [reporter]: observedAt, ...(other && { [other.reporter]: other.observedAt }) }
  asked.set(`${gsp} ${corr}`, { seen, sha256 })
  bounded(asked, mostAsked)
}

function learnAnswer(message: Message, world: World): void {
  const { observation, gsp } = message
  acknowledge(message, world)
  if (gsp === undefined) return
  if (observation.corr !== undefined) world.asked.delete(`${gsp} ${observation.corr}`)
  // what is served is there, named or not
  if (isSuccess(observation.status) && observation.path !== undefined) publish(world, gsp, [shapeOf(observation.path)])
}

function publish(world: World, gsp: string, named: readonly string[]): void {
  const { shapes } = serverOf(world, gsp)
  for (const shape of named) {
    if (shapes[shape] === undefined && Object.keys(shapes).length < mostShapes) shapes[shape] = 1
  }
}

/** What a server says to a device: its programs, controls and rates, and who owns what. */
function learnServed(message: Message, world: World, device: Device): void {
  const { facts, gsp = '', observation } = message
  const [path = ''] = (observation.path ?? '').split('?')
  if (message.content?.shapes) publish(world, gsp, message.content.shapes)
  if (facts.programs) learnPrograms(device, facts.programs)
  if (facts.pollRate !== undefined)
    learnRate(device, { path, rate: facts.pollRate, isPrograms: facts.programs !== undefined })
  if (facts.postRate !== undefined) device.postRate = facts.postRate
  if (facts.default) learnDefault(device, facts.default, message.t)
  if (facts.subscribed && isAnswer(message)) subscribe(device, facts.subscribed)
  if (facts.meter) learnSeries(device, facts.meter.series)
  if (facts.controls) for (const control of facts.controls) deliver(control, { message, world, device })
  if (facts.controls && observation.kind !== 'notification') device.hasLists = true
}

function learnPrograms(device: Device, fresh: readonly ProgramFact[]): void {
  const others = (device.programs ?? []).filter(
    ({ controls, mRID }) => !fresh.some((one) => one.mRID === mRID && one.controls === controls),
  )
  device.programs = [...others, ...fresh].slice(-mostPrograms)
}

function learnRate(
  device: Device,
  { path, rate, isPrograms }: Readonly<{ path: string; rate: number; isPrograms: boolean }>,
): void {
  const rates = (device.rates ??= {})
  delete rates[path]
  rates[path] = rate
  withinRoom(rates, mostRates)
  if (isPrograms) device.pollRate = rate
}

function learnDefault(device: Device, order: NonNullable<Device['fallback']>['order'], t: number): void {
  if (JSON.stringify(device.fallback?.order) === JSON.stringify(order)) return
  device.fallback = { order, since: t }
}

function subscribe(device: Device, resources: readonly string[]): void {
  device.subscribed = [...new Set([...(device.subscribed ?? []), ...resources])].slice(-mostSubscriptions)
}

function learnSeries(device: Device, fresh: NonNullable<Message['facts']['meter']>['series']): void {
  if (fresh.length === 0) return
  const series = (device.series ??= {})
  for (const { mRID, type } of fresh) series[mRID] = type
  withinRoom(series, mostTargets)
}

type Delivery = Readonly<{ message: Message; world: World; device: Device }>

/** A control reaches a device: from then on it is expected to be answered and followed. */
function deliver(served: ControlFact, { message, world, device }: Delivery): void {
  const { dcm = '', at, observation } = message
  const program = programAt(device, observation.path ?? '')
  const fact = published(served, program?.mRID, { message, world })
  const controls = (device.controls ??= {})
  const known = controls[fact.mRID]
  if (known) {
    known.fact = fact
    return
  }
  forgetEnded(controls, at)
  controls[fact.mRID] = {
    fact,
    at,
    ...(program && { program: program.mRID }),
    primacy: program?.primacy ?? 255,
    statuses: [],
    ...lastWatts(device),
  }
  withinRoom(controls, mostControls)
  learnTarget(device, { fact, rated: ratedWatts(world, dcm) })
  if (fact.status < cancelled) awaitResponses(fact, { message, world, device })
}

/** What all devices hold of a control is one value: a fleet that has it costs little more than one device. */
function published(
  served: ControlFact,
  program: string | undefined,
  { message, world }: Omit<Delivery, 'device'>,
): ControlFact {
  const key = `${message.gsp} ${served.mRID}`
  const before = world.published.get(key)
  const { digest, version, status, createdAt } = before?.fact ?? {}
  const isSame =
    digest === served.digest && version === served.version && status === served.status && createdAt === served.createdAt
  if (before && isSame) return before.fact
  const known = program ?? before?.program
  world.published.delete(key)
  world.published.set(key, { fact: served, ...(known !== undefined && { program: known }) })
  bounded(world.published, mostPublished)
  return served
}

function forgetEnded(controls: Record<string, Held>, at: number): void {
  for (const [mRID, { fact }] of Object.entries(controls)) {
    if (fact.start + fact.duration + keptAfterEnd < at) delete controls[mRID]
  }
}

function lastWatts({ last = {}, series = {} }: Device): Readonly<{ startWatts?: number }> {
  const power = Object.entries(last).find(
    ([source]) => source.endsWith(' watts') || series[source]?.quantity === 'watts',
  )
  return power ? { startWatts: power[1].value } : {}
}

function learnTarget(
  device: Device,
  { fact, rated }: Readonly<{ fact: ControlFact; rated: number | undefined }>,
): void {
  const fresh = targetsOf(fact.order, fact.start, rated ?? 0)
  if (fresh.length === 0) return
  device.targets = [...(device.targets ?? []), ...fresh].toSorted(([one], [other]) => one - other).slice(-mostTargets)
}

const awaited = awaitedResponses()

function awaitResponses(fact: ControlFact, { message, world, device }: Delivery): void {
  const { dcm = '', gsp = '', at } = message
  const expected = awaited({ ...fact, at }, device.pollRate ?? usualPollRate)
  for (const { anyOf, due } of expected) {
    // what should have been answered before it was delivered cannot be missed
    if (due <= message.t && due < at) continue
    const order = (world.clock.count += 1)
    plan(world.timers, {
      kind: 'response',
      due: Math.max(due, message.t),
      order,
      subject: dcm,
      server: gsp,
      mRID: fact.mRID,
      anyOf,
    })
  }
}

/** What a device says of itself. */
function learnSaid({ facts, from, at, observation }: Message, world: World, device: Device): void {
  const { capability, settings, status, information, response, meter, subscribed } = facts
  if (capability) device.capability = capability
  if (settings) device.settings = settings
  if (status) device.status = { at: status.at, isOff: status.isOff }
  if (subscribed) subscribe(device, subscribed)
  if (meter) learnSeries(device, meter.series)
  if (information) device.serial = information.serial
  if (information && !world.serials.has(information.serial)) {
    world.serials.set(information.serial, { lfdi: from.id, maker: information.maker })
  }
  const held = response && device.controls?.[response.subject]
  if (held) held.statuses = [...held.statuses, response.status].slice(-mostStatuses)
  if (meter && meter.readings.length > 0) posted(device, { world, lfdi: from.id, at })
  if (observation.method === 'POST' && facts.postRate !== undefined) device.postRate = facts.postRate
}

const missedPosts = 3

/** AV-3: from the first reading on the next are awaited. */
function posted(device: Device, { world, lfdi, at }: Readonly<{ world: World; lfdi: string; at: number }>): void {
  device.postedAt = at
  if (device.isAwaited === true || device.postRate === undefined) return
  device.isAwaited = true
  const order = (world.clock.count += 1)
  plan(world.timers, { kind: 'posting', due: at + postingSeconds(device.postRate), order, subject: lfdi })
}

/** How long may pass before three reports are missed. */
export function postingSeconds(postRate: number): number {
  return (missedPosts + 0.5) * postRate
}
