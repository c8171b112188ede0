import { issueDevice } from '@gridloom/kit'
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
    const reply = await insider.send('POST', '/edev', EndDevice, entry)
    say(`POST /edev was answered ${reply.status}`)
    const path = `${reply.location ?? '/edev/0'}/di`
    const own = { lFDI: renewed.lfdi, swActTime: entry.changedTime }
    const told = await insider.send('PUT', path, DeviceInformation, informationOf(serial, own))
    say(`PUT ${path} with the old serial number was answered ${told.status}`)
  },
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
