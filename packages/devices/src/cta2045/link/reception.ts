import { isLinkCode, unitOf } from '../codec/frame.ts'
import { type Judgement, judgeFrame, nak } from '../codec/judge.ts'
import type { Message } from '../codec/message.ts'
import type { Fault } from '../codec/message.ts'
import { payloadSizes } from '../codec/scales.ts'
import type { Timing } from './timing.ts'

/** What of the byte stream has come and is not yet a message. */
export type Reception = Readonly<{
  buffer: Uint8Array
  /** After something that is no message, all is dropped until the line falls silent. */
  isDropping: boolean
  lastAt: number
  /** When the message has to be whole, or the silence is long enough. */
  deadline: number
  /** Own frames that an adapter will give back. */
  echoes: readonly Uint8Array[]
}>

export type Received = Readonly<
  { kind: 'unit'; frame: Uint8Array; judgement: Judgement } | { kind: 'fault'; fault: Fault; linkReply: Message | null }
>

export type Intake = Readonly<{ reception: Reception; received: readonly Received[] }>

type Options = Readonly<{ timing: Timing; payloadCode: number }>

const nothing = new Uint8Array()

export const silent: Reception = { buffer: nothing, isDropping: false, lastAt: 0, deadline: Infinity, echoes: [] }

/** Cuts what came into link codes and messages; gaps between bytes mean nothing, as over TCP there are none. */
export function receive(before: Reception, bytes: Uint8Array, now: number, options: Options): Intake {
  const { timing, payloadCode } = options
  if (before.isDropping && now - before.lastAt < timing.silence)
    return { reception: dropped(before, now, timing), received: [] }
  const received: Received[] = []
  let { echoes } = before
  let buffer: Uint8Array = Buffer.concat([before.isDropping ? nothing : before.buffer, bytes])
  const spoiled = (fault: Fault, linkReply: Message | null): Intake => {
    received.push({ kind: 'fault', fault, linkReply })
    return { reception: { ...dropped(before, now, timing), echoes }, received }
  }

  while (buffer.length > 0) {
    const unit = unitOf(buffer, payloadSizes[payloadCode] ?? 2)
    if (unit.kind === 'incomplete') break
    if (unit.kind === 'noise') return spoiled('noise', null)
    if (unit.kind === 'oversize') return spoiled('length-mismatch', nak('invalidLength'))
    const frame = buffer.subarray(0, unit.length)
    buffer = buffer.subarray(unit.length)
    const [echo, ...others] = echoes
    if (echo && Buffer.compare(echo, frame) === 0) {
      echoes = others
      continue
    }
    const judgement = judgeFrame(frame, payloadCode)
    if (judgement.fault === 'bad-checksum') return spoiled(judgement.fault, judgement.linkReply)
    received.push({ kind: 'unit', frame, judgement })
  }
  const isSameMessage = received.length === 0 && before.buffer.length > 0 && !before.isDropping
  const began = isSameMessage ? before.deadline : now + timing.messageWait
  const deadline = buffer.length === 0 ? Infinity : began
  return { reception: { buffer, isDropping: false, lastAt: now, deadline, echoes }, received }
}

/** Gives up a message that did not become whole in time, and ends the dropping when the line is silent. */
export function timeOut(before: Reception, now: number): Intake {
  const { buffer, isDropping, echoes, deadline } = before
  if (now < deadline) return { reception: before, received: [] }
  const reception = { ...silent, lastAt: before.lastAt, echoes }
  if (isDropping || buffer.length === 0) return { reception, received: [] }
  // half an ACK is not answered: its sender would take the NAK for its message
  const linkReply = isLinkCode(buffer[0] ?? 0) ? null : nak('messageTimeout')
  return { reception, received: [{ kind: 'fault', fault: 'truncated', linkReply }] }
}

function dropped({ echoes }: Reception, now: number, { silence }: Timing): Reception {
  return { buffer: nothing, isDropping: true, lastAt: now, deadline: now + silence, echoes }
}
