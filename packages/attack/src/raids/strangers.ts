import { createPki, issueDevice, type Credentials } from '@gridloom/kit'
import { DERStatus } from '@gridloom/sep2030'
import type { Raid } from '../attack.ts'
import { deviceOf, pkiOf, type Rig } from '../rig.ts'
import { knock, openInsider, ownEntry, type Insider } from './insider.ts'

const attempts = 3

export const impersonation: Raid = {
  kind: 'raid',
  name: 'impersonation',
  summary: 'knocks with a forged certificate, then writes the status of another device',
  rules: ['ID-1', 'ID-2', 'ID-4'],
  subject: 'the forged certificate; the device that writes',
  async run(rig, signal) {
    const device = deviceOf(rig)
    const forged = {
      ...issueDevice(createPki({ organization: 'Elsewhere' }), { serial: 'impostor' }),
      ...trusting(device),
    }
    await knockOften(rig, forged, signal, 'a certificate of authorities that nobody knows')
    await using insider = openInsider(rig, device, signal)
    const { href } = await ownEntry(insider)
    for (const path of othersStatus(href)) await forgeStatus(rig, insider, path)
  },
}

/** The other ends trust whom the device trusts: only what it shows is forged. */
function trusting({ anchors }: Credentials): Pick<Credentials, 'anchors'> {
  return { anchors }
}

function othersStatus(own: string): readonly string[] {
  const number = Number(own.split('/').at(-1))
  const others = [number - 1, number + 1, number + 2].filter((other) => other > 0)
  return others.map((other) => `/edev/${other}/der/1/ders`)
}

async function forgeStatus({ clock, say }: Rig, insider: Insider, path: string): Promise<void> {
  const now = clock.now()
  const status = { readingTime: now, operationalModeStatus: { dateTime: now, value: 1 } }
  const reply = await insider.send('PUT', path, DERStatus, status)
  say(`PUT ${path} of another device was answered ${reply.status}`)
}

const day = 86_400_000

export const expiredCertificate: Raid = {
  kind: 'raid',
  name: 'expired-certificate',
  summary: 'knocks with a certificate that ended yesterday',
  rules: ['ID-1', 'ID-2'],
  subject: 'the certificate',
  async run(rig, signal) {
    const [notBefore, notAfter] = [new Date(Date.now() - 3 * day), new Date(Date.now() - day)]
    const expired = issueDevice(pkiOf(rig), { serial: 'expired', notBefore, notAfter })
    await knockOften(rig, expired, signal, 'a certificate that ended yesterday')
  },
}

async function knockOften(rig: Rig, certs: Credentials, signal: AbortSignal, what: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) rig.say(`${what} ${await knock(rig, certs, signal)}`)
}
