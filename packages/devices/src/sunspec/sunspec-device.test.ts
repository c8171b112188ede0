import { expect, it } from 'vitest'
import { type Device, DeviceError } from '../device.ts'
import type { DeviceSetpoint } from '../setpoint.ts'
import { serveSunspec, type SunspecSimulator, type SunspecSimulatorOptions } from './sim/serve.ts'
import { createSunspecDevice, type SunspecOptions } from './sunspec-device.ts'

const noon = 1_800_014_400
const sun = () => ({ volts: 240, hertz: 60, irradiance: 0.8, temperature: 20 })

it.each([40_000, 0, 50_000])('finds the models behind the marker at %d', async (base) => {
  await using bench = await connect({ base })
  expect(await bench.device.status()).toMatchObject({ inverter: 'tracking', volts: 240, hertz: 60, watts: 4136 })
})

it.each(['1xx', '7xx'] as const)('reads what a PV is, by models %s', async (models) => {
  await using bench = await connect({ models })
  await bench.device.status()
  expect(bench.device.capability).toMatchObject({
    kind: 'pv',
    identity: { manufacturer: 'Gridloom', model: 'simulated pv', version: '1', serial: '1' },
    ratings: { maxW: 5000, maxVA: 5500, maxVar: 2420, maxVarNeg: 2420, minPFOverExcited: 0.9 },
  })
  expect(bench.device.settings).toMatchObject({ maxW: 5000, vNom: 240, gradient: 0.1 })
})

it.each(['1xx', '7xx'] as const)('reads what a battery is and holds, by models %s', async (models) => {
  await using bench = await connect({ models, kind: 'battery' })
  expect(await bench.device.status()).toMatchObject({ storage: { soc: 0.5, mode: 'holding', dischargeSeconds: 4860 } })
  expect(bench.device.settings).toMatchObject({ maxWh: 13_500, maxChargeRateW: 5000, maxDischargeRateW: 5000 })
  expect(bench.device.capability.modes).toContain('opModStorageTargetW')
})

it.each(['1xx', '7xx'] as const)(
  'holds the smallest of several limits, and lets go of them: models %s',
  async (models) => {
    await using bench = await connect({ models })
    await bench.accept({ opModMaxLimW: 0.5, opModGenLimW: 1500, opModExpLimW: 4000 })
    expect(await bench.after(60)).toMatchObject({ watts: 1500, limitW: 1500, inverter: 'derated' })
    await bench.accept({})
    expect(await bench.after(60)).toMatchObject({ watts: 4136, inverter: 'tracking' })
  },
)

it.each(['1xx', '7xx'] as const)('charges and discharges a battery as it is asked, by models %s', async (models) => {
  await using bench = await connect({ models, kind: 'battery' })
  for (const [setpoint, watts] of [
    [{ opModFixedW: 0.5 }, 2500],
    [{ opModFixedW: -0.25 }, -1250],
    [{ opModTargetW: -2000 }, -2000],
    [{ opModStorageTargetW: 1234 }, 1234],
  ] as const) {
    await bench.accept(setpoint)
    expect(Math.abs((await bench.after(120)).watts - watts)).toBeLessThan(2)
  }
})

it('ramps in the time that is asked for, also while it is said again', async () => {
  await using bench = await connect({ models: '1xx' })
  await bench.accept({ opModMaxLimW: 0.2, rampSeconds: 200 })
  expect((await bench.after(100)).watts).toBeGreaterThan(2500)
  expect(await bench.simulator.setpoint()).toMatchObject({ opModMaxLimW: 0.2, rampSeconds: 200 })
  expect((await bench.after(100)).watts).toBeCloseTo(1000, -1)
})

it('ramps at the gradient that is asked for, and then at its own again', async () => {
  await using bench = await connect({})
  await bench.accept({ opModMaxLimW: 0.2, gradient: 0.02 })
  expect(await bench.simulator.setpoint()).toMatchObject({ gradient: 0.02 })
  await bench.accept({})
  expect(await bench.simulator.setpoint()).toMatchObject({ gradient: 0.1 })
})

it('bounds what a battery draws by the legacy charge limit', async () => {
  await using bench = await connect({ models: '1xx', kind: 'battery' })
  await bench.accept({ opModTargetW: -3000, opModImpLimW: 1000 })
  expect((await bench.after(120)).watts).toBeCloseTo(-1000, 0)
})

it('charges what a reservation grants and then holds', async () => {
  await using bench = await connect({ kind: 'battery' })
  await bench.accept({ grant: { id: 'A', watts: 3000, wattHours: 100 } })
  for (let seconds = 0; seconds < 300; seconds += 1) await bench.after(1)
  const { watts, receivedWh } = await bench.after(60)
  expect(watts).toBe(0)
  expect(receivedWh).toBeGreaterThan(95)
  expect(receivedWh).toBeLessThan(110)
})

it.each([
  ['7xx', { opModFixedVar: { fraction: -0.2, of: 'maxVar' } }, -484],
  ['7xx', { opModTargetVar: 600 }, 600],
  ['7xx', { opModFixedPFInjectW: { displacement: 0.95, underExcited: true } }, -1359],
  ['1xx', { opModFixedVar: { fraction: 0.1, of: 'maxW' } }, 500],
  ['1xx', { opModTargetVar: -242 }, -242],
  ['1xx', { opModFixedPFInjectW: { displacement: 0.95, underExcited: false } }, 1359],
] as const)('makes vars by models %s: %j', async (models, setpoint, vars) => {
  await using bench = await connect({ models })
  await bench.accept(setpoint)
  expect(Math.abs((await bench.after(120)).vars - vars)).toBeLessThan(3)
})

it('has curves adopted, and follows them', async () => {
  await using bench = await connect({})
  const opModVoltVar = {
    points: [
      { x: 1.1, y: -0.5 },
      { x: 0.99, y: -0.25 },
    ],
    of: 'maxVar',
    openLoopSeconds: 3,
  } as const
  const opModFreqDroop = { overHz: 0.1, underHz: 0.2, overSlope: 0.04, underSlope: 0.05, openLoopSeconds: 2 }
  await bench.accept({ opModVoltVar, opModFreqDroop })
  expect(await bench.simulator.setpoint()).toMatchObject({
    opModVoltVar: { points: opModVoltVar.points.toReversed(), of: 'maxVar', openLoopSeconds: 3 },
    opModFreqDroop,
  })
  const onTheCurve = -(0.25 + (0.25 * 0.01) / 0.11) * 2420
  expect(Math.abs((await bench.after(60)).vars - onTheCurve)).toBeLessThan(3)
  await bench.accept({})
  expect(await bench.simulator.setpoint()).not.toHaveProperty('opModVoltVar')
})

it('changes one region of the trip curves, and puts back what the device had', async () => {
  await using bench = await connect({})
  const points = [
    { x: 1, y: 0.45 },
    { x: 20, y: 0.88 },
  ]
  await bench.accept({ opModLVRTMustTrip: { points, of: 'effectiveVolts' } })
  expect(await bench.simulator.setpoint()).toMatchObject({ opModLVRTMustTrip: { points } })
  const mayTrip = { points: [{ x: 0.16, y: 62.5 }], of: 'none' } as const
  await bench.accept({ opModHFRTMayTrip: mayTrip })
  expect(await bench.simulator.setpoint()).toMatchObject({
    opModHFRTMayTrip: mayTrip,
    opModLVRTMustTrip: {
      points: [
        { x: 2, y: 0.5 },
        { x: 21, y: 0.88 },
      ],
    },
  })
})

it('names what the device cannot do, and writes nothing', async () => {
  await using bench = await connect({ models: '1xx' })
  await bench.accept({ opModMaxLimW: 0.4 })
  const curve = { points: [], of: 'maxVar' } as const
  expect(await bench.device.apply({ opModMaxLimW: 0.2, opModVoltVar: curve })).toMatchObject({
    kind: 'refused',
    fields: ['opModVoltVar'],
  })
  expect(await bench.simulator.setpoint()).toMatchObject({ opModMaxLimW: 0.4 })
})

it('refuses a curve that does not fit or that the device does not adopt', async () => {
  await using bench = await connect({})
  const points = Array.from({ length: 9 }, (_, index) => ({ x: 0.9 + index / 50, y: 0 }))
  for (const [refused, reason] of [
    [points, 'room for 8'],
    [points.slice(0, 1), 'did not adopt'],
  ] as const) {
    const result = await bench.device.apply({ opModMaxLimW: 0.5, opModVoltVar: { points: refused, of: 'maxVar' } })
    expect(result).toMatchObject({ kind: 'refused', fields: ['opModVoltVar'], reason: expect.stringContaining(reason) })
    expect(await bench.simulator.setpoint()).not.toHaveProperty('opModMaxLimW')
  }
})

it('reverts to the safe limit when nobody repeats what was asked', async () => {
  await using bench = await connect({ safeLimitW: 1000 })
  await bench.accept({ opModMaxLimW: 0.5 })
  bench.pass(119)
  expect(await bench.directly()).toBe(2500)
  bench.pass(30)
  expect(await bench.directly()).toBe(1000)
})

it('reverts to the safe power when nobody repeats the one that it holds', async () => {
  await using bench = await connect({ kind: 'battery', safeLimitW: 1000, safeSetW: 600 })
  await bench.accept({ opModTargetW: -2000 })
  bench.pass(119)
  expect(await bench.directly()).toBe(-2000)
  bench.pass(30)
  expect(await bench.directly()).toBe(600)
})

it.each(['1xx', '7xx'] as const)('repeats what was asked while it is looked at, by models %s', async (models) => {
  await using bench = await connect({ models })
  await bench.accept({ opModMaxLimW: 0.5, opModTargetVar: 100 })
  for (let minutes = 0; minutes < 10; minutes += 1) await bench.after(55)
  bench.pass(60)
  expect(await bench.directly()).toBe(2500)
})

it('refuses what it cannot read back', async () => {
  await using bench = await connect({})
  bench.simulator.misbehave({ kind: 'forgetful' })
  const result = await bench.device.apply({ opModMaxLimW: 0.5 })
  expect(result).toMatchObject({
    kind: 'refused',
    fields: ['opModMaxLimW'],
    reason: expect.stringContaining('read back'),
  })
})

it('says so when a device does not take again what it took before', async () => {
  await using bench = await connect({})
  await bench.accept({ opModMaxLimW: 0.5 })
  bench.simulator.misbehave({ kind: 'exception', fault: 'deviceFailure' })
  await expect(bench.after(60)).rejects.toMatchObject({ code: 'faulty' })
})

it('refuses what the device answers with an exception', async () => {
  await using bench = await connect({})
  bench.simulator.misbehave({ kind: 'exception', fault: 'illegalValue' })
  const result = await bench.device.apply({ opModMaxLimW: 0.5 })
  expect(result).toMatchObject({ fields: ['opModMaxLimW'], reason: expect.stringContaining('exception 3') })
})

it('says that a silent device is unreachable', async () => {
  await using bench = await connect({ timeoutSeconds: 0.1 })
  await bench.device.status()
  bench.simulator.misbehave({ kind: 'silent' })
  await expect(bench.device.status()).rejects.toMatchObject({ name: 'DeviceError', code: 'unreachable' })
})

it('finds a device that was restarted, and tells it again what it was told', async () => {
  await using bench = await connect({})
  await bench.accept({ opModMaxLimW: 0.5 })
  await bench.restart()
  for (;;) {
    try {
      await bench.device.status()
      break
    } catch (error) {
      expect(error).toBeInstanceOf(DeviceError)
    }
  }
  expect(await bench.simulator.setpoint()).toMatchObject({ opModMaxLimW: 0.5 })
})

it('presumes little of a device that never answered', async () => {
  await using device = createSunspecDevice({ host: '127.0.0.1', port: 9, now: () => noon, expected: 'storage' })
  expect(device.capability).toMatchObject({ kind: 'storage', ratings: { maxW: 0 } })
  await expect(device.apply({ opModMaxLimW: 0.5 })).rejects.toMatchObject({ code: 'unreachable' })
})

type BenchOptions = Omit<SunspecSimulatorOptions, 'now'> &
  Pick<SunspecOptions, 'safeLimitW' | 'safeSetW' | 'timeoutSeconds'>

/** A simulator in the sun at noon and the adapter, over a real socket; time passes when it is told to. */
async function connect({ safeLimitW = 1500, safeSetW, timeoutSeconds = 2, ...options }: BenchOptions) {
  let time = noon
  const now = (): number => time
  const served = { ...options, host: '127.0.0.1', environment: sun, now }
  let simulator: SunspecSimulator = await serveSunspec(served)
  const { port } = simulator
  const device: Device = createSunspecDevice({ host: '127.0.0.1', port, now, safeLimitW, safeSetW, timeoutSeconds })
  // the sun is up, and the device has its seconds to enter service
  time += 120
  return {
    device,
    get simulator() {
      return simulator
    },
    async accept(setpoint: DeviceSetpoint) {
      expect(await device.apply(setpoint)).toEqual({ kind: 'accepted' })
    },
    async after(seconds: number) {
      time += seconds
      return device.status()
    },
    pass(seconds: number) {
      time += seconds
    },
    /** Watts of the simulated device, without the adapter. */
    async directly() {
      await using other = createSunspecDevice({ host: '127.0.0.1', port, now })
      return (await other.status()).watts
    },
    async restart() {
      await simulator[Symbol.asyncDispose]()
      simulator = await serveSunspec({ ...served, port })
    },
    async [Symbol.asyncDispose]() {
      await device[Symbol.asyncDispose]()
      await simulator[Symbol.asyncDispose]()
    },
  }
}
