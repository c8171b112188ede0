import { DERControl, decode } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { controlFact } from './control-facts.ts'

it('knows a control again that another device reads below its own path', () => {
  const read = (device: number, curve: number) =>
    controlFact(decode(DERControl, Buffer.from(controlWith(device, curve)))).digest
  expect(read(7, 1)).toBe(read(3, 1))
  expect(read(7, 2)).not.toBe(read(3, 1))
})

function controlWith(device: number, curve: number): string {
  return `<DERControl xmlns="urn:ieee:std:2030.5:ns" href="/edev/${device}/derp/4/derc/1"><mRID>AE37012FE9326724B928363200000000</mRID>
<creationTime>100</creationTime>
<EventStatus><currentStatus>0</currentStatus><dateTime>100</dateTime><potentiallySuperseded>false</potentiallySuperseded></EventStatus>
<interval><duration>60</duration><start>200</start></interval>
<DERControlBase><opModVoltVar href="/edev/${device}/derp/4/dc/${curve}"/></DERControlBase></DERControl>`
}
