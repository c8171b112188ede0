import { formatScl } from '@gridloom/scheduler'
import { urlOf } from '../layout.ts'
import { emulated } from './emulated.ts'
import { common, type Scene } from './scene.ts'

const scl = 'plant.cid'

/** The scheduling service of a local grid: it drives one battery and one charger, and follows their DCMs. */
export function schedulerConfig(scene: Scene) {
  const { layout, issued } = scene
  const driven = issued.devices.filter(({ scheduled }) => scheduled)
  return {
    ...common(scene, 'scheduler'),
    scl,
    store: 'sqlite:scheduler.db',
    operators: [issued.operator.credentials.lfdi],
    environment: { url: urlOf(layout.environment) },
    devices: driven.map((device, index) => ({
      name: device.name,
      lfdi: device.credentials.lfdi,
      device: emulated(device, index + 1, scene),
    })),
    dcms: driven.map(({ name }) => ({ device: name, url: urlOf(layout.dcm), dcm: name })),
  }
}

/** Its schedules and their controllers, with a reserve that leaves the devices free. */
export function schedulerFiles({ plan }: Scene): Readonly<Record<string, string>> {
  const devices = plan.devices.filter(({ scheduled }) => scheduled)
  const reserveOf = (watts: number) => ({
    MaxPow: { values: [watts], minutes: 60 },
    OnOff: { values: [true], minutes: 60 },
  })
  const described = devices.map(({ name, maxW }) => ({ name, reserve: reserveOf(maxW) }))
  return { [scl]: formatScl({ ied: 'Gridloom', address: '127.0.0.1', devices: described }) }
}
