import { describe, expect, it } from 'vitest'
import { SepError } from '../errors.ts'
import { ActivePower, DERControlBase, EndDevice, Notification, ResponseList, Time } from '../generated/complex-types.ts'
import { ConnectionPoint } from '../generated/csipaus.ts'
import { decode, decodeDocument } from './decode.ts'
import type { Limits } from './limits.ts'

const ns = 'xmlns="urn:ieee:std:2030.5:ns"'
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

describe('values', () => {
  it('reads numbers, booleans, upper-case hexadecimal digits and attributes', () => {
    const base = `<DERControlBase ${ns}><opModConnect>1</opModConnect><opModFreqWatt href="/c"/><opModMaxLimW>007</opModMaxLimW></DERControlBase>`
    expect(decode(DERControlBase, bytes(base))).toEqual({
      opModConnect: true,
      opModFreqWatt: { href: '/c' },
      opModMaxLimW: 7,
    })
  })

  it('keeps a time that no double holds as a bigint, and any other as a number', () => {
    const time = (value: string) =>
      `<Time ${ns}><currentTime>${value}</currentTime><dstEndTime>0</dstEndTime><dstOffset>0</dstOffset><dstStartTime>0</dstStartTime><quality>7</quality><tzOffset>-0</tzOffset></Time>`
    expect(decode(Time, bytes(time('9223372036854775807'))).currentTime).toBe(9223372036854775807n)
    expect(decode(Time, bytes(time('1790000000')))).toMatchObject({ currentTime: 1_790_000_000, tzOffset: 0 })
  })

  it('reads the same from any spelling of a document', () => {
    const odd = `\u{feff}<?xml version='1.0' encoding="utf-8"?><!-- - --><p:ActivePower xmlns:p="urn:ieee:std:2030.5:ns" >\r\n<p:multiplier> &#x30;<!-- 1 --></p:multiplier >
      <value xmlns="urn:ieee:std:2030.5:ns"><![CDATA[+0]]>05<?pi 6?></value></p:ActivePower>\n`
    expect(decode(ActivePower, bytes(odd))).toEqual({ multiplier: 0, value: 5 })
  })

  it('names a substituted type', () => {
    const notification = `<Notification ${ns} ${xsi}><subscribedResource>/a</subscribedResource><Resource xsi:type="ActivePowerLink2"/><status>0</status><subscriptionURI>/s</subscriptionURI></Notification>`
    const { Resource } = decode(
      Notification,
      bytes(notification.replace('ActivePowerLink2', 'EndDeviceList" all="0" results="0')),
    )
    expect(Resource).toEqual({ $type: 'EndDeviceList', all: 0, results: 0 })
    expect(() => decode(Notification, bytes(notification))).toThrow(
      '/Notification/Resource/@xsi:type: no such type, found "ActivePowerLink2"',
    )
  })
})

describe('faults', () => {
  it('name the path, the rule and what was found', () => {
    const response = '<Response><endDeviceLFDI>00</endDeviceLFDI><subject>0</subject></Response>'
    const list = `<ResponseList ${ns} all="3" results="3">${response.replace('>0<', '>00<').repeat(2)}${response}</ResponseList>`
    expect(faultOf(() => decode(ResponseList, bytes(list)))).toMatchObject({
      code: 'invalid',
      path: '/ResponseList/Response[3]/subject',
      rule: 'hex',
      found: '0',
      message: '/ResponseList/Response[3]/subject: an odd number of hexadecimal digits, found "0"',
    })
  })

  it.each([
    ['root', `<Time ${ns}/>`],
    ['root', '<ActivePower><multiplier>0</multiplier><value>0</value></ActivePower>'],
    ['missing-element', `<ActivePower ${ns}><multiplier>0</multiplier></ActivePower>`],
    ['order', `<ActivePower ${ns}><multiplier>0</multiplier><value>0</value><multiplier>0</multiplier></ActivePower>`],
    ['doctype', `<!DOCTYPE ActivePower><ActivePower ${ns}/>`],
    ['entity', `<ActivePower ${ns}>&nbsp;</ActivePower>`],
    ['well-formed', `<ActivePower ${ns}><multiplier>0</value></ActivePower>`],
    ['well-formed', `<ActivePower ${ns}`],
    ['well-formed', ''],
    ['namespace', `<p:ActivePower ${ns}/>`],
    ['character', `<ActivePower ${ns}>\u0001</ActivePower>`],
  ])('have the rule %s: %s', (rule, document) => {
    expect(faultOf(() => decode(ActivePower, bytes(document)))).toMatchObject({ code: 'invalid', rule })
  })

  it('refuse what is not UTF-8', () => {
    const latin1 = Buffer.from(`<ActivePower ${ns}><!-- \u00e9 --></ActivePower>`, 'latin1')
    expect(faultOf(() => decode(ActivePower, latin1))).toMatchObject({ code: 'unsupported', rule: 'encoding' })
  })
})

describe('limits', () => {
  const list = `<EndDeviceList ${ns} all="2" results="2">${'<EndDevice><sFDI>1</sFDI><changedTime>1</changedTime></EndDevice>'.repeat(2)}</EndDeviceList>`

  it.each([
    ['limit-bytes', 'tooLarge', { bytes: 100 }],
    ['limit-depth', 'invalid', { depth: 2 }],
    ['limit-occurrences', 'invalid', { occurrences: 1 }],
    ['limit-attributes', 'invalid', { attributes: 2 }],
  ])('are configured: %s', (rule, code, limits: Partial<Limits>) => {
    expect(faultOf(() => decodeDocument(list, { limits }))).toMatchObject({ rule, code })
  })

  it('let through what keeps to them', () => {
    const limits = { bytes: list.length, depth: 3, occurrences: 2, attributes: 3 }
    expect(decodeDocument(list, { limits }).value).toMatchObject({ EndDevice: [{ sFDI: 1 }, { sFDI: 1 }] })
  })
})

describe('profiles', () => {
  const csipaus = 'xmlns:c="https://csipaus.org/ns/v1.3"'
  const base = `<DERControlBase ${ns} ${csipaus}><c:opModExpLimW><multiplier>3</multiplier><value>5</value></c:opModExpLimW></DERControlBase>`

  it('allow the elements of the extension in their own namespace only', () => {
    expect(decode(DERControlBase, bytes(base), { profile: 'csipaus-1.3' })).toEqual({
      opModExpLimW: { multiplier: 3, value: 5 },
    })
    expect(faultOf(() => decode(DERControlBase, bytes(base), { profile: 'csipaus-1.2' }))).toMatchObject({
      rule: 'unknown-element',
    })
    expect(faultOf(() => decode(DERControlBase, bytes(base)))).toMatchObject({ rule: 'unknown-element' })
  })

  it('know the documents of the extension', () => {
    const point =
      '<ConnectionPoint xmlns="https://csipaus.org/ns"><connectionPointId>NMI 1</connectionPointId></ConnectionPoint>'
    expect(decode(ConnectionPoint, bytes(point), { profile: 'csipaus-1.2' })).toEqual({ connectionPointId: 'NMI 1' })
  })
})

describe('what the schema does not know', () => {
  const device = `<EndDevice ${ns} schemaVer="2.2"><lFDI>00</lFDI><sFDI>1</sFDI><changedTime>1</changedTime><x:new xmlns:x="urn:x" a="1">text<deep><b/></deep></x:new></EndDevice>`

  it('is refused unless it is to be skipped', () => {
    expect(faultOf(() => decode(EndDevice, bytes(device)))).toMatchObject({
      rule: 'unknown-attribute',
      path: '/EndDevice/@schemaVer',
    })
    expect(decode(EndDevice, bytes(device), { unknown: 'skip' })).toEqual({ lFDI: '00', sFDI: 1, changedTime: 1 })
  })

  it('must be well-formed to be skipped', () => {
    const broken = device.replace('<b/>', '<b>')
    expect(faultOf(() => decode(EndDevice, bytes(broken), { unknown: 'skip' }))).toMatchObject({ rule: 'well-formed' })
  })
})

function bytes(document: string): Buffer {
  return Buffer.from(document)
}

function faultOf(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    return error instanceof SepError ? { ...error, message: error.message } : error
  }
}
