import { Control, DeviceDetail, type NewControlInput } from '@gridloom/contracts'
import { createAdmin, type Admin } from '@gridloom/devnet'
import type { Raid } from '../attack.ts'
import { adminOf, deviceOf, type Rig } from '../rig.ts'

const tooMuch = 2

export const overNameplate: Raid = {
  kind: 'raid',
  name: 'over-nameplate',
  summary: 'has the server ask of a device twice what its nameplate says',
  rules: ['PH-1'],
  subject: 'the server',
  async run(rig) {
    await using admin = openAdmin(rig)
    const watts = await ratingOf(admin, rig)
    await order(admin, rig, { controls: { opModTargetW: Math.round(tooMuch * watts) }, duration: 120 })
  },
}

const swings = 10
const swingSeconds = 30
const share = 0.6

export const oscillatingControl: Raid = {
  kind: 'raid',
  name: 'oscillating-control',
  summary: `has the server send a device to and fro ${swings} times, ${swingSeconds} s each`,
  rules: ['PH-3'],
  subject: 'the server',
  async run(rig) {
    await using admin = openAdmin(rig)
    const watts = await ratingOf(admin, rig)
    for (let swing = 0; swing < swings; swing += 1) {
      const opModTargetW = Math.round((swing % 2 === 0 ? share : -share) * watts)
      await order(admin, rig, { controls: { opModTargetW }, delay: swing * swingSeconds, duration: swingSeconds })
    }
  },
}

function openAdmin(rig: Rig): Admin {
  const { target, operator } = adminOf(rig)
  return createAdmin(target.origin, operator)
}

async function ratingOf(admin: Admin, rig: Rig): Promise<number> {
  const { ders } = await admin.get(`/devices/${deviceOf(rig).lfdi}`, DeviceDetail)
  const rating = ders[0]?.capability?.['rtgMaxW'] as Readonly<{ multiplier: number; value: number }> | undefined
  if (!rating) throw new Error('the device has not told the server its rating')
  return rating.value * 10 ** rating.multiplier
}

async function order(
  admin: Admin,
  rig: Rig,
  wish: Pick<NewControlInput, 'controls' | 'delay' | 'duration'>,
): Promise<void> {
  const made = await admin.post('/controls', { device: deviceOf(rig).lfdi, ...wish }, Control)
  rig.say(`control ${made.mRID} ${JSON.stringify(made.controls)} was published, ${made.duration} s from ${made.start}`)
}
