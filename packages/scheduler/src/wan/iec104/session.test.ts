import { expect, it } from 'vitest'
import { type Apdu, encodeApdu, framesOf } from './apci.ts'
import { createSession } from './session.ts'
import { decodeTime, encodeTime } from './time.ts'

const asdu = Buffer.from([1, 2, 3])

it('transfers nothing before STARTDT, and nothing after STOPDT', () => {
  const { session, take, written, closed } = opened()
  expect(session.send(asdu, 0)).toBe(false)
  take({ kind: 'U', function: 'startAct' })
  expect(session.send(asdu, 0)).toBe(true)
  take({ kind: 'U', function: 'stopAct' })
  expect(session.send(asdu, 0)).toBe(false)
  // the stop is confirmed when all is acknowledged that was sent before
  expect(written()).toMatchObject([{ function: 'startCon' }, { kind: 'I', send: 0 }])
  take({ kind: 'S', receive: 1 })
  expect(written().at(-1)).toMatchObject({ function: 'stopCon' })
  take({ kind: 'I', send: 0, receive: 1, asdu })
  expect(closed()).toContain('before STARTDT')
})

it('sends no more than k messages without an acknowledgement, then goes on', () => {
  const { session, take, written } = opened()
  take({ kind: 'U', function: 'startAct' })
  for (let count = 0; count < 5; count += 1) session.send(asdu, 0)
  expect(sent(written())).toEqual([0, 1, 2])
  take({ kind: 'S', receive: 2 })
  expect(sent(written())).toEqual([0, 1, 2, 3, 4])
})

it('acknowledges after w messages, or after t2', () => {
  const { session, take, written } = opened()
  take({ kind: 'U', function: 'startAct' })
  for (const send of [0, 1]) take({ kind: 'I', send, receive: 0, asdu })
  expect(written().at(-1)).toEqual({ kind: 'S', receive: 2 })
  take({ kind: 'I', send: 2, receive: 0, asdu }, 5)
  expect(session.nextDue()).toBe(15)
  session.due(15)
  expect(written().at(-1)).toEqual({ kind: 'S', receive: 3 })
})

it.each([
  ['numbers that are out of order', { kind: 'I', send: 1, receive: 0, asdu }, 'number 1 where 0 is due'],
  ['an acknowledgement of what was not sent', { kind: 'S', receive: 1 }, 'acknowledges 1 of 0'],
  ['a confirmation that nobody asked for', { kind: 'U', function: 'startCon' }, 'not asked for'],
] as const)('ends the connection on %s', (_, frame, reason) => {
  const { take, closed } = opened()
  take({ kind: 'U', function: 'startAct' })
  take(frame)
  expect(closed()).toContain(reason)
})

it('tests a silent line after t3, and gives it up when there is no answer within t1', () => {
  const { session, take, written, closed } = opened()
  expect(session.nextDue()).toBe(20)
  session.due(20)
  expect(written()).toEqual([{ kind: 'U', function: 'testAct' }])
  take({ kind: 'U', function: 'testCon' }, 21)
  session.due(41)
  session.due(55)
  expect(closed()).toBeUndefined()
  session.due(56)
  expect(closed()).toContain('t1')
})

it('gives up a peer that acknowledges nothing within t1, and answers its tests', () => {
  const { session, take, written, closed } = opened()
  take({ kind: 'U', function: 'startAct' })
  take({ kind: 'U', function: 'testAct' })
  expect(written().at(-1)).toEqual({ kind: 'U', function: 'testCon' })
  session.send(asdu, 3)
  session.due(18)
  expect(closed()).toContain('t1')
})

it('stands by for another connection of its group, and hands over what was not acknowledged', () => {
  const { session, take, written, closed } = opened()
  take({ kind: 'U', function: 'startAct' })
  for (let count = 0; count < 4; count += 1) session.send(Buffer.from([count]), 0)
  take({ kind: 'S', receive: 1 })
  expect(session.standBy().map((octets) => octets[0])).toEqual([1, 2, 3])
  expect([session.isStarted(), session.send(asdu, 0), session.unheard()]).toEqual([false, false, []])
  take({ kind: 'S', receive: 3 })
  session.due(19)
  expect(closed()).toBeUndefined()
  take({ kind: 'U', function: 'startAct' })
  session.send(asdu, 0)
  expect(sent(written()).at(-1)).toBe(4)
})

it('counts on from 32767 to 0', () => {
  const { session, take, written } = opened()
  take({ kind: 'U', function: 'startAct' })
  for (let count = 0; count < 32_770; count += 1) {
    session.send(asdu, 0)
    take({ kind: 'S', receive: (count + 1) % 32_768 })
  }
  expect(sent(written()).slice(-3)).toEqual([32_767, 0, 1])
})

it('takes frames in pieces, and ends the connection on what is no frame', () => {
  const { session, written, closed } = opened()
  const start = encodeApdu({ kind: 'U', function: 'startAct' })
  session.take(start.subarray(0, 3), 0)
  session.take(Buffer.concat([start.subarray(3), start]), 0)
  expect(written()).toHaveLength(2)
  session.take(Buffer.from('GET / HTTP/1.1'), 0)
  expect(closed()).toContain('begins with 71')
})

it('writes times as they are read', () => {
  for (const seconds of [0, 1_803_859_201.25, 951_782_399.999]) {
    const at = seconds + 946_684_800 * Number(seconds === 0)
    expect(decodeTime(encodeTime(at))).toBeCloseTo(at, 3)
  }
  expect(decodeTime(Buffer.from([0, 0, 0x80, 0, 1, 1, 0]))).toBeUndefined()
})

function opened() {
  const octets: Buffer[] = []
  let reason: string | undefined
  const timers = { k: 3, w: 2, t1Seconds: 15, t2Seconds: 10, t3Seconds: 20 }
  const session = createSession(
    {
      ...timers,
      write: (one) => void octets.push(one),
      started: () => undefined,
      received: () => undefined,
      closed: (why) => (reason = why),
    },
    0,
  )
  return {
    session,
    take: (apdu: Apdu, now = 0) => session.take(encodeApdu(apdu), now),
    written: () => framesOf(Buffer.concat(octets)).frames,
    closed: () => reason,
  }
}

function sent(frames: readonly Apdu[]): readonly number[] {
  return frames.flatMap((frame) => (frame.kind === 'I' ? [frame.send] : []))
}
