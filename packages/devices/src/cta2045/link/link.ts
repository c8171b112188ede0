import { declaredPayload, encodeFrame } from '../codec/frame.ts'
import { codeReply, type Judgement, nakCodes } from '../codec/judge.ts'
import { type Fault, type Message } from '../codec/message.ts'
import { payloadSizes } from '../codec/scales.ts'
import { isAnswer, type Outcome, outcomeOf } from './outcome.ts'
import { type Received, type Reception, receive, silent, timeOut } from './reception.ts'
import { mostBusyTries, mostTries, type Timing } from './timing.ts'

/** The state of one end of the bus. Both ends run the same: either may begin, one exchange at a time. */
export type Link = Readonly<{
  reception: Reception
  /** ACKs and NAKs that wait for their moment. */
  replies: readonly Readonly<{ at: number; frame: Uint8Array }>[]
  queue: readonly Exchange[]
  open: Open | undefined
  quietUntil: number
  /** Max payload code of the other end, once it said so; until then both assume 2 bytes. */
  peerPayload: number | undefined
  heardAt: number
  /** Tries in a row that no ACK followed, and exchanges in a row without an answer. */
  silentTries: number
  unanswered: number
}>

type Exchange = Readonly<{
  /** Who asked; absent for the answer to a request of the other end. */
  id?: number
  frame: Uint8Array
  expects: 'ack' | 'answer'
  notBefore: number
  tries: number
  /** Tries in a row without an ACK, tries with an ACK but no answer, and with the answer busy. */
  missed: number
  unheard: number
  busy: number
}>

type Open = Exchange & Readonly<{ phase: 'sent' | 'acknowledged'; until: number }>

export type Input = Readonly<
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'tick' }
  | { kind: 'ask'; id: number; message: Message }
  /** The application answer to the frame of a request. */
  | { kind: 'answer'; to: Uint8Array; frame: Uint8Array }
>

export type Effect = Readonly<
  | { kind: 'send'; frame: Uint8Array }
  | { kind: 'done'; id: number; outcome: Outcome; answer: Message | null; tries: number }
  /** The other end wants something that only the application can answer. */
  | { kind: 'request'; message: Message; frame: Uint8Array }
  | { kind: 'fault'; fault: Fault }
>

export type LinkOptions = Readonly<{
  timing: Timing
  /** The code of the max payload that we advertise. */
  payloadCode: number
  /** From 0 to 1, by chance. */
  random: () => number
  /** The adapter gives back what we send: whole frames that come back are skipped. */
  echo?: boolean
}>

export type Step = Readonly<{ link: Link; effects: readonly Effect[] }>

export const idleLink: Link = {
  reception: silent,
  replies: [],
  queue: [],
  open: undefined,
  quietUntil: 0,
  peerPayload: undefined,
  heardAt: 0,
  silentTries: 0,
  unanswered: 0,
}

/** When the link has to be stepped again if nothing happens before. */
export function wakeAt(link: Link): number {
  const { reception, replies, open } = link
  return Math.min(reception.deadline, ...replies.map(({ at }) => at), open ? open.until : beginsAt(link))
}

/** Nothing came back for three tries, or three exchanges had no answer. */
export function isUnresponsive({ silentTries, unanswered }: Link): boolean {
  return silentTries >= mostTries || unanswered >= mostTries
}

/** Advances the link by what happened at `now`, in milliseconds; whatever the bytes are, it goes on. */
export function stepLink(before: Link, input: Input, now: number, options: LinkOptions): Step {
  const { timing, payloadCode } = options
  const effects: Effect[] = []
  let link = before
  const change = (part: Partial<Link>): void => void (link = { ...link, ...part })

  if (link.peerPayload !== undefined && now - link.heardAt > timing.agreedFor) change({ peerPayload: undefined })
  if (input.kind === 'ask') ask(input.id, input.message)
  if (input.kind === 'answer') answer(input.to, input.frame)
  take(timeOut(link.reception, now))
  if (input.kind === 'bytes') take(receive(link.reception, input.bytes, now, options))
  if (link.open && now >= link.open.until) expire(link.open)
  reply()
  begin()
  return { link, effects }

  function take({ reception, received }: Readonly<{ reception: Reception; received: readonly Received[] }>): void {
    change({ reception })
    for (const one of received) {
      if (one.kind === 'fault') fault(one.fault, one.linkReply)
      else hear(one.frame, one.judgement)
    }
  }

  function fault(kind: Fault, linkReply: Message | null): void {
    effects.push({ kind: 'fault', fault: kind })
    acknowledge(linkReply)
  }

  function hear(frame: Uint8Array, judgement: Judgement): void {
    const { fault: wrong, decoded, linkReply } = judgement
    change({ heardAt: now, silentTries: 0 })
    if (decoded?.op === 'ack') return acknowledged()
    if (decoded?.op === 'nak') return refused(Number(decoded['code']))
    if (wrong) effects.push({ kind: 'fault', fault: wrong })
    acknowledge(linkReply)
    const asked = pendingFor(frame)
    if (asked) return answered(asked, judgement)
    if (!decoded || linkReply?.op === 'nak' || decoded.op === 'messageTypeSupportedQuery') return
    if (wrong || decoded.op === 'queryMaxPayload') return answer(frame, judgement.appReply)
    effects.push({ kind: 'request', message: decoded, frame })
  }

  // Both ends may have asked at once and waited for each other: then the answer comes while the request waits its turn again.
  function pendingFor(frame: Uint8Array): Exchange | undefined {
    const sent = [...(link.open ? [link.open] : []), ...link.queue.filter(({ tries }) => tries > 0)]
    return sent.find((one) => one.expects === 'answer' && isAnswer(one.frame, frame))
  }

  function acknowledge(linkReply: Message | null): void {
    if (linkReply) change({ replies: [...link.replies, { at: now + timing.ackDelay, frame: encodeFrame(linkReply) }] })
  }

  function acknowledged(): void {
    const { open } = link
    if (open?.phase !== 'sent') return
    if (open.expects === 'ack') return finish(open, 'accepted', null)
    change({ open: { ...open, missed: 0, phase: 'acknowledged', until: now + timing.answerWait } })
  }

  function refused(code: number): void {
    const { open } = link
    if (open?.phase !== 'sent') return
    const isFinal = code === nakCodes.unsupportedMessageType || code === nakCodes.requestNotSupported
    if (isFinal) finish(open, 'notSupported', null)
    else again(open)
  }

  function answered(asked: Exchange, { fault: wrong, decoded }: Judgement): void {
    const outcome = wrong || !decoded ? 'refused' : outcomeOf(decoded)
    if (decoded?.op === 'maxPayload' && !wrong) change({ peerPayload: Number(decoded['code']) })
    if (outcome !== 'busy' || asked.busy + 1 > mostBusyTries) return finish(asked, outcome, decoded)
    postpone({ ...asked, busy: asked.busy + 1, missed: 0, unheard: 0 }, timing.busyPause)
  }

  function expire(open: Open): void {
    if (open.phase === 'sent') {
      change({ silentTries: link.silentTries + 1 })
      return again(open)
    }
    if (open.unheard > 0) finish(open, 'noAnswer', null)
    else postpone({ ...open, unheard: 1 }, 0)
  }

  function again(open: Open): void {
    const missed = open.missed + 1
    if (missed >= mostTries) finish(open, 'noAnswer', null)
    else postpone({ ...open, missed }, timing.repeatPause + timing.repeatJitter * options.random())
  }

  // Waits in the queue, so that the other end is answered meanwhile.
  function postpone(exchange: Exchange, pause: number): void {
    release(exchange)
    change({ queue: [{ ...exchange, notBefore: acknowledgedAt() + pause }, ...link.queue] })
  }

  function finish(exchange: Exchange, outcome: Outcome, message: Message | null): void {
    const { id, tries } = exchange
    release(exchange)
    change({ unanswered: outcome === 'noAnswer' ? link.unanswered + 1 : 0 })
    if (id !== undefined) effects.push({ kind: 'done', id, outcome, answer: message, tries })
  }

  function release({ id, frame }: Exchange): void {
    if (link.open && link.open.id === id && link.open.frame === frame) change({ open: undefined })
    change({ queue: link.queue.filter((one) => one.id !== id || one.frame !== frame) })
    change({ quietUntil: acknowledgedAt() + timing.gap })
  }

  // Our last ACK ends what came before.
  function acknowledgedAt(): number {
    return Math.max(now, ...link.replies.map(({ at }) => at))
  }

  function ask(id: number, message: Message): void {
    const frame = encodeFrame(message)
    if (declaredPayload(frame) > sizeFor(link.peerPayload ?? 0))
      return void effects.push({ kind: 'done', id, outcome: 'notSupported', answer: null, tries: 0 })
    const expects = message.layer === 'link' || message.op === 'operationalState' ? 'ack' : 'answer'
    const exchange: Exchange = { id, frame, expects, notBefore: now, tries: 0, missed: 0, unheard: 0, busy: 0 }
    change({ queue: [...link.queue, exchange] })
  }

  // A repeated request replaces the answer to the first while that is not sent; answers go before our own requests.
  function answer(to: Uint8Array, frame: Uint8Array | null): void {
    if (!frame) return
    const isTooLong = link.peerPayload !== undefined && declaredPayload(frame) > sizeFor(link.peerPayload)
    const sent = isTooLong ? codeReply(to.subarray(4), 'tooLong') : frame
    const isOther = (one: Exchange): boolean => one.id !== undefined || one.tries > 0 || !isSameAnswer(one.frame, sent)
    const notBefore = acknowledgedAt() + timing.answerDelay
    const exchange: Exchange = { frame: sent, expects: 'ack', notBefore, tries: 0, missed: 0, unheard: 0, busy: 0 }
    change({ queue: [...link.queue.filter(isOther), exchange] })
  }

  function sizeFor(peerCode: number): number {
    return payloadSizes[Math.min(peerCode, payloadCode)] ?? 2
  }

  function reply(): void {
    const due = link.replies.filter(({ at }) => at <= now)
    if (due.length === 0) return
    change({ replies: link.replies.filter(({ at }) => at > now) })
    for (const { frame } of due) send(frame)
  }

  function begin(): void {
    const next = nextOf(link)
    if (link.open || !next || now < beginsAt(link)) return
    const until = now + timing.ackWait + timing.perByte * next.frame.length
    change({
      queue: link.queue.filter((one) => one !== next),
      open: { ...next, tries: next.tries + 1, phase: 'sent', until },
    })
    send(next.frame)
  }

  function send(frame: Uint8Array): void {
    const { reception } = link
    if (options.echo) change({ reception: { ...reception, echoes: [...reception.echoes, frame] } })
    effects.push({ kind: 'send', frame })
  }
}

function nextOf({ queue }: Link): Exchange | undefined {
  return queue.find(({ id }) => id === undefined) ?? queue[0]
}

// Not before the line is quiet: what is being received comes first, and so does an ACK that is due.
function beginsAt(link: Link): number {
  const next = nextOf(link)
  if (!next || link.replies.length > 0 || link.reception.buffer.length > 0 || link.reception.isDropping) return Infinity
  return Math.max(next.notBefore, link.quietUntil)
}

// The same opcodes, but for a state that changed meanwhile.
function isSameAnswer(a: Uint8Array, b: Uint8Array): boolean {
  const [first, second] = [a, b].map(([, layer, , , opcode1, opcode2]) => [
    layer,
    opcode1,
    opcode1 === 0x13 ? 0 : opcode2,
  ])
  return String(first) === String(second)
}
