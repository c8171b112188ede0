import { expect, it } from 'vitest'
import {
  ActivePower,
  DERControlBase,
  EndDeviceList,
  Notification,
  Registration,
  TextMessageList,
} from '../generated/complex-types.ts'
import { ConnectionPoint, type ConnectionPointType } from '../generated/csipaus.ts'
import { decode } from './decode.ts'
import type { Element } from './element.ts'
import { encode } from './encode.ts'

it('writes elements in the order of the schema, whatever the order of the keys', () => {
  expect(text(ActivePower, { value: 5, multiplier: 3 })).toBe(
    '<ActivePower xmlns="urn:ieee:std:2030.5:ns"><multiplier>3</multiplier><value>5</value></ActivePower>',
  )
})

it('writes an empty list as an empty element', () => {
  expect(text(EndDeviceList, { href: '/edev', all: 0, results: 0, EndDevice: [] })).toBe(
    '<EndDeviceList xmlns="urn:ieee:std:2030.5:ns" href="/edev" all="0" results="0"/>',
  )
})

it('binds the prefix of the extension at the root when it is used', () => {
  const base = { opModMaxLimW: 5000, opModExpLimW: { multiplier: 3, value: 5 } }
  expect(encode(DERControlBase, base, { profile: 'csipaus-1.3' }).toString()).toBe(
    '<DERControlBase xmlns="urn:ieee:std:2030.5:ns" xmlns:csipaus="https://csipaus.org/ns/v1.3"><opModMaxLimW>5000</opModMaxLimW>' +
      '<csipaus:opModExpLimW><multiplier>3</multiplier><value>5</value></csipaus:opModExpLimW></DERControlBase>',
  )
  expect(() => encode(DERControlBase, base)).toThrow('DERControlBase has no such attribute or element')
})

it('writes a document of the extension', () => {
  const point: ConnectionPointType = { connectionPointId: 'NMI 1' }
  expect(encode(ConnectionPoint, point, { profile: 'csipaus-1.2' }).toString()).toContain(
    '<csipaus:connectionPointId>NMI 1<',
  )
  expect(() => encode(ConnectionPoint, point)).toThrow('no element that a document may begin with')
})

it('writes the type of a resource that stands for another', () => {
  const notification = {
    subscribedResource: '/edev',
    Resource: { $type: 'EndDeviceList' as const, all: 0, results: 0 },
    status: 0,
    subscriptionURI: '/sub/1',
  }
  expect(text(Notification, notification)).toContain('<Resource xsi:type="EndDeviceList" all="0" results="0"/>')
  const wrong = { ...notification, Resource: { $type: 'ActivePower' } }
  expect(() => encode(Notification as Element<unknown>, wrong)).toThrow('$type is no type derived from Resource')
})

it('escapes what XML would take for markup or change', () => {
  const href = '/a?b="1"&c=<\u00e9>'
  expect(decode(Registration, encode(Registration, { href, dateTimeRegistered: 1, pIN: 1 })).href).toBe(href)
  const odd = 'a\r\n\tb ]]> & <c> \u{1f600}'
  const list = { all: 1, results: 1, TextMessage: [message(odd)] }
  expect(decode(TextMessageList, encode(TextMessageList, list))).toEqual(list)
})

it.each([
  ['/ActivePower: the element value is missing', { multiplier: 0 }],
  ['/ActivePower/value: Int16 reaches from -32768 to 32767, found "40000"', { multiplier: 0, value: 40_000 }],
  ['/ActivePower/value: not a number of type Int16, found "1.5"', { multiplier: 0, value: 1.5 }],
  ['/ActivePower/value: not a number of type Int16, found "5"', { multiplier: 0, value: '5' }],
  ['/ActivePower/unit: ActivePower has no such attribute or element', { multiplier: 0, value: 5, unit: 'W' }],
  ['/ActivePower: not a value of type ActivePower, found "5"', 5],
])('refuses what would not be valid: %s', (reason, value) => {
  expect(() => encode(ActivePower as Element<unknown>, value)).toThrow(reason)
})

it.each([
  ['a character that XML does not have', 'a\u0000'],
  ['a character that XML does not have', '\ud800'],
  ['String32 holds at most 32 characters', 'x'.repeat(33)],
])('refuses a text with %s', (reason, description) => {
  const list = { all: 1, results: 1, TextMessage: [{ ...message(''), description }] }
  expect(() => encode(TextMessageList, list)).toThrow(reason)
})

function text<T>(element: Element<T>, value: T): string {
  return encode(element, value).toString()
}

function message(textMessage: string) {
  return {
    mRID: '0A',
    creationTime: 1,
    EventStatus: { currentStatus: 0, dateTime: 1, potentiallySuperseded: false },
    interval: { duration: 60, start: 1 },
    priority: 0,
    textMessage,
  }
}
