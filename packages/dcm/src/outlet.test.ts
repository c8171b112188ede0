import { createEmulatedPv, DeviceConfig } from '@gridloom/devices'
import { createClient, createPki, issueDevice, virtualClock } from '@gridloom/kit'
import { parseLfdi } from '@gridloom/sep2030'
import { expect, it, onTestFinished } from 'vitest'
import { createOutlet } from './outlet.ts'

const lfdi = parseLfdi('A1'.repeat(20))
const noon = 43_200

it('has nominal surroundings until it is told others, and again when nobody tells for long', async () => {
  const { outlet, clock, hear } = outletAt(noon)
  const volts = () => outlet.environment(clock.now()).volts
  expect(outlet.environment(noon)).toMatchObject({ volts: 240, hertz: 60, irradiance: expect.closeTo(0.9, 0) })
  hear({ volts: 229, hertz: 59.9, irradiance: 0.2, temperature: 10 })
  expect(outlet.environment(noon)).toMatchObject({ volts: 229, hertz: 59.9, irradiance: 0.2, temperature: 10 })
  await clock.advance(60)
  expect(volts()).toBe(229)
  await clock.advance(1)
  expect(volts()).toBe(240)
  hear({ volts: 231 })
  expect(volts()).toBe(231)
})

it('reports what the device does, also while an event cuts its link', async () => {
  const { outlet, clock, hear } = outletAt(noon)
  const device = outlet.plug(createEmulatedPv({ now: clock.now, maxW: 5000, environment: outlet.environment }))
  hear({ irradiance: 1 })
  await clock.advance(50)
  hear({ irradiance: 1, cut: ['device'] })
  await expect(device.status()).rejects.toMatchObject({ name: 'DeviceError', code: 'unreachable' })
  await expect(device.apply({})).rejects.toMatchObject({ code: 'unreachable' })
  expect(outlet.report()).toMatchObject({ lfdi, name: 'pv-1', nominalVolts: 240, watts: expect.closeTo(5000, -2) })
  hear({ irradiance: 1 })
  await expect(device.status()).resolves.toMatchObject({ volts: 240 })
})

it('lets nothing through to the server while an event cuts the link', async () => {
  const { outlet, hear } = outletAt(noon)
  const certs = issueDevice(createPki(), { serial: 'x' })
  const client = outlet.route(createClient({ origin: 'https://127.0.0.1:1', certs }))
  onTestFinished(() => client[Symbol.asyncDispose]())
  await expect(client.get('/dcap')).rejects.toMatchObject({ code: 'refused' })
  hear({ cut: ['server'] })
  await expect(client.get('/dcap')).rejects.toMatchObject({ code: 'timeout' })
  hear({})
  await expect(client.get('/dcap')).rejects.toMatchObject({ code: 'refused' })
})

function outletAt(start: number) {
  const clock = virtualClock(start)
  const device = DeviceConfig.parse({ kind: 'pv' })
  const outlet = createOutlet({ lfdi, name: 'pv-1', device, now: clock.now, staySeconds: 60 })
  const hear = (changes: Partial<Parameters<typeof outlet.take>[0]>) =>
    outlet.take({ lfdi, volts: 240, hertz: 60, irradiance: 0, temperature: 20, ...changes })
  return { outlet, clock, hear }
}
