import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { basic } from '../codec/basic.ts'
import { bytesOf, encodeFrame, hexOf } from '../codec/frame.ts'
import { judgeBurst } from '../codec/judge.ts'
import type { Message } from '../codec/message.ts'
import { idleLink, isUnresponsive, type Effect, type Input, type Link, stepLink, wakeAt } from './link.ts'
import { defaultTiming } from './timing.ts'

const { transcripts }: { transcripts: readonly Transcript[] } = JSON.parse(
  readFileSync(new URL('../../../../../test/vectors/cta2045/frames.json', import.meta.url), 'utf8'),
)

it.each(transcripts)('plays the module in $id: $title', ({ steps, after }) => {
  const bus = createBus()
  steps.forEach(({ from, hex, afterMs }, index) => {
    if (from === 'sgd') return bus.hear(hex, afterMs?.[0] ?? 200)
    const before = bus.now()
    const isRepeat = steps.slice(0, index).some((step) => step.from === 'ucm' && step.hex === hex) && !bus.isIdle()
    if (!isRepeat && isRequest(hex)) bus.ask(hex)
    expect(bus.awaitSent()).toBe(hex)
    expect(bus.now() - before).toBeGreaterThanOrEqual((afterMs?.[0] ?? 0) - (index === 0 ? 100 : 0))
    expect(bus.now() - before).toBeLessThanOrEqual(afterMs?.[1] ?? Infinity)
  })
  bus.rest()
  const { outcome, tries } = bus.done.at(-1) ?? {}
  // the older style opts out only after the ACK
  if (after?.commandOutcome && steps.every(({ means }) => means !== 'customer override'))
    expect(outcome).toBe(after.commandOutcome)
  if (after?.tries) expect(tries).toBe(after.tries)
  if (after?.link) expect(isUnresponsive(bus.link())).toBe(true)
  if (after?.sgdMaxPayload) expect(bus.link().peerPayload).toBe(5)
})

it('answers a repeated query once, with the newest answer', () => {
  const bus = createBus()
  bus.step({ kind: 'bytes', bytes: bytesOf('08 01 00 02 12 00 D8 5F') })
  bus.step({ kind: 'answer', to: bytesOf('08 01 00 02 12 00 D8 5F'), frame: encodeFrame(basic('operationalState', 1)) })
  bus.step({ kind: 'bytes', bytes: bytesOf('08 01 00 02 12 00 D8 5F') })
  bus.step({ kind: 'answer', to: bytesOf('08 01 00 02 12 00 D8 5F'), frame: encodeFrame(basic('operationalState', 4)) })
  expect([bus.awaitSent(), bus.awaitSent(), bus.awaitSent()]).toEqual(['06 00', '06 00', '08 01 00 02 13 04 CD 65'])
})

it('answers the link while its own exchange is open, and serves the request after', () => {
  const bus = createBus()
  bus.ask('08 01 00 02 01 1E CF 5B')
  bus.awaitSent()
  bus.hear('08 01 00 02 11 01 D9 5E', 5)
  bus.step({ kind: 'answer', to: bytesOf('08 01 00 02 11 01 D9 5E'), frame: encodeFrame(basic('appAck', 0x11)) })
  expect(bus.awaitSent()).toBe('06 00')
  bus.hear('06 00', 10)
  bus.hear('08 01 00 02 03 01 04 42', 100)
  expect([bus.awaitSent(), bus.awaitSent()]).toEqual(['06 00', '08 01 00 02 03 11 E3 52'])
  expect(bus.done).toMatchObject([{ outcome: 'accepted', tries: 1 }])
})

it('takes the answer that comes after both ends asked at once and waited for each other', () => {
  const bus = createBus()
  bus.ask('08 01 00 02 01 1E CF 5B')
  bus.awaitSent()
  bus.hear('08 01 00 02 11 01 D9 5E', 0)
  bus.step({ kind: 'answer', to: bytesOf('08 01 00 02 11 01 D9 5E'), frame: encodeFrame(basic('appAck', 0x11)) })
  bus.hear('06 00', 40)
  expect([bus.awaitSent(), bus.awaitSent()]).toEqual(['06 00', '08 01 00 02 03 11 E3 52'])
  bus.hear('08 01 00 02 04 05 F8 48', 1)
  bus.hear('06 00', 40)
  bus.rest()
  expect(bus.done).toMatchObject([{ outcome: 'optedOut', tries: 1 }])
})

it('skips whole frames that a half-duplex adapter gives back', () => {
  const bus = createBus({ echo: true })
  bus.ask('08 01 00 02 12 00 D8 5F')
  bus.hear(bus.awaitSent(), 4)
  bus.hear('06 00 08 01 00 02 13 04 CD 65', 100)
  bus.hear(bus.awaitSent(), 4)
  bus.rest()
  expect(bus.done).toMatchObject([{ outcome: 'accepted', answer: { state: 'idleCurtailed' } }])
})

it('refuses with NAK 05 what does not become whole in half a second, and reads on', () => {
  const bus = createBus()
  bus.hear('08 01 00 02 0A', 0)
  expect(bus.awaitSent()).toBe('15 05')
  bus.hear('08 01 00 00 7E CD', 100)
  expect(bus.awaitSent()).toBe('06 00')
})

it('drops noise until the line falls silent', () => {
  const bus = createBus()
  bus.hear('FF FF 08 01', 0)
  bus.hear('00 00 7E CD', 5)
  bus.hear('08 01 00 00 7E CD', 25)
  expect(bus.awaitSent()).toBe('06 00')
})

it('does not send more than the other end can take', () => {
  const bus = createBus()
  const cycling = '08 02 00 10 04 00 00 00 00 07 32 7C 31 C0 00 78 32 00 05 01 D0 0E'
  bus.ask(cycling)
  expect(bus.done).toMatchObject([{ outcome: 'notSupported', tries: 0 }])
  bus.ask('08 03 00 02 18 00 BA 75')
  bus.awaitSent()
  bus.hear('06 00', 40)
  bus.hear('08 03 00 02 19 05 AD 7C', 100)
  bus.awaitSent()
  bus.ask(cycling)
  expect(bus.awaitSent()).toBe(cycling)
})

it('survives any bytes at any time, and asks again afterwards', () => {
  const event = fc.record({ bytes: fc.uint8Array({ maxLength: 20 }), pause: fc.nat(700) })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const bus = createBus()
      bus.ask('08 01 00 02 12 00 D8 5F')
      for (const { bytes, pause } of events) bus.hear(hexOf(bytes), pause)
      bus.rest()
      expect(bus.isIdle()).toBe(true)
      bus.ask('08 01 00 02 12 00 D8 5F')
      expect(bus.awaitSent()).toBe('08 01 00 02 12 00 D8 5F')
    }),
    { numRuns: 300 },
  )
})

type Transcript = Readonly<{
  id: string
  title: string
  steps: readonly Readonly<{ from: string; hex: string; means: string; afterMs?: readonly [number, number | null] }>[]
  after?: Readonly<{ commandOutcome?: string; tries?: number; link?: string; sgdMaxPayload?: number }>
}>

// Ours is a request when it is neither a link code nor an answer.
function isRequest(hex: string): boolean {
  return judgeBurst(bytesOf(hex)).decoded?.layer !== 'link' || hex.length > 5
    ? !/^08 03 00 02 19|^08 01 00 02 03/.test(hex)
    : false
}

function createBus({ echo = false } = {}) {
  let link: Link = idleLink
  let now = 1_000_000
  let ids = 0
  const sent: string[] = []
  const done: Extract<Effect, { kind: 'done' }>[] = []
  const options = { timing: defaultTiming, payloadCode: 7, random: () => 0.5, echo }
  const step = (input: Input): void => {
    const { link: next, effects } = stepLink(link, input, now, options)
    link = next
    for (const effect of effects) {
      if (effect.kind === 'send') sent.push(hexOf(effect.frame))
      if (effect.kind === 'done') done.push(effect)
      if (effect.kind === 'request') answer(effect.message, effect.frame)
    }
  }
  const answer = (message: Message, to: Uint8Array): void => {
    if (message.op === 'customerOverride' && link.open === undefined && link.queue.length === 0)
      step({ kind: 'answer', to, frame: encodeFrame(basic('appAck', 0x11)) })
  }
  const advanceTo = (at: number): void => {
    for (let next = wakeAt(link); next <= at; next = wakeAt(link)) {
      now = Math.max(now, next)
      step({ kind: 'tick' })
    }
    now = at
  }
  return {
    done,
    step,
    now: () => now,
    link: () => link,
    isIdle: () => link.open === undefined && link.queue.length === 0,
    ask: (hex: string) => {
      const message = judgeBurst(bytesOf(hex)).decoded
      if (message) step({ kind: 'ask', id: ids++, message })
    },
    hear(hex: string, pause: number) {
      advanceTo(now + pause)
      step({ kind: 'bytes', bytes: bytesOf(hex) })
    },
    awaitSent() {
      while (sent.length === 0 && wakeAt(link) < Infinity) advanceTo(wakeAt(link))
      return sent.shift() ?? ''
    },
    rest() {
      while (wakeAt(link) < Infinity) advanceTo(wakeAt(link))
      sent.length = 0
    },
  }
}
