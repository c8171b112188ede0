import { ClientError, issueDevice, type Reply } from '@gridloom/kit'
import { decode, DeviceInformation, EndDevice } from '@gridloom/sep2030'
import type { Raid } from '../attack.ts'
import { deviceOf, pkiOf, type Rig } from '../rig.ts'
import { openInsider, ownEntry } from './insider.ts'

export const whitewasher: Raid = {
  kind: 'raid',
  name: 'whitewasher',
  summary: 'comes back under a new certificate, with the serial number of a device that is known',
  rules: ['ID-1', 'ID-6'],
  subject: 'the new certificate, which inherits what counts against the old one',
  async run(rig, signal) {
    const serial = await serialOf(rig, signal)
    const { say } = rig
    const renewed = issueDevice(pkiOf(rig), { serial })
    say(`serial "${serial}" has a new certificate, LFDI ${renewed.lfdi}`)
    await using insider = openInsider(rig, renewed, signal)
    const entry = { lFDI: renewed.lfdi, sFDI: renewed.sfdi, changedTime: rig.clock.now() }
    const entered = await insist(rig, () => insider.send('POST', '/edev', EndDevice, entry), signal)
    say(`POST /edev was answered ${entered.status}`)
    const path = `${entered.location ?? (await ownEntry(insider)).href}/di`
    const own = { lFDI: renewed.lfdi, swActTime: entry.changedTime }
    const information = informationOf(serial, own)
    const told = await insist(rig, () => insider.send('PUT', path, DeviceInformation, information), signal)
    say(`PUT ${path} with the old serial number was answered ${told.status}`)
  },
}

const mostTries = 5

/** Comes again when it is refused or cut off: a certificate that nobody knew a moment ago is registered the next. */
async function insist({ clock }: Rig, ask: () => Promise<Reply>, signal: AbortSignal): Promise<Reply> {
  for (let tries = 1; ; tries += 1) {
    const reply = await ask().catch((error: unknown) => {
      if (tries < mostTries && error instanceof ClientError && error.code === 'reset') return undefined
      throw error
    })
    if (reply && (reply.status !== 403 || tries >= mostTries)) return reply
    await clock.sleep(1, signal)
  }
}

/** The serial number that the device itself has told the server. */
async function serialOf(rig: Rig, signal: AbortSignal): Promise<string> {
  await using insider = openInsider(rig, deviceOf(rig), signal)
  const { DeviceInformationLink } = await ownEntry(insider)
  const reply = DeviceInformationLink && (await insider.get(DeviceInformationLink.href))
  if (reply?.status !== 200) throw new Error('the device has not told the server its serial number')
  return decode(DeviceInformation, reply.body, { unknown: 'skip' }).mfSerNum
}

function informationOf(mfSerNum: string, own: Pick<DeviceInformation, 'lFDI' | 'swActTime'>): DeviceInformation {
  const maker = { mfDate: 0, mfHwVer: '1', mfID: 0, mfModel: 'Gridloom DCM', mfSerNum }
  const power = { primaryPower: 1, secondaryPower: 0 }
  return { ...maker, ...power, functionsImplemented: '0000000000000000', swVer: '0', ...own }
}
