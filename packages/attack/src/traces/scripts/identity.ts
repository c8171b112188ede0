import { createRandom } from '@gridloom/kit'
import { informationDocument, statusDocument } from '../device-documents.ts'
import { drawLfdi } from '../member.ts'
import { pathsOf } from '../paths.ts'
import { momentOf } from '../plant.ts'
import type { Sighting } from '../reporter.ts'
import { lyingMeter } from './metering.ts'
import type { Script } from './scene.ts'

/** A stranger's certificate is refused; then a member writes to resources of another. */
export const impersonation: Script = {
  run(scene) {
    const { world, attacker, from } = scene
    const address = `addr/198.51.100.${attacker.member.index % 250}`
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const act = scene.act(`handshake ${attempt}`, address)
      world.later(from + 20 * attempt, (at) => {
        const tls = {
          address: address.slice('addr/'.length),
          chainOk: false,
          error: 'unable to verify the certificate',
        }
        world.gsp.saw(at, handshake({ role: 'UNKNOWN', id: address }, world.gsp.end, tls), act)
      })
    }
    const victim = world.parties.find((party) => party !== attacker)?.member ?? attacker.member
    for (let attempt = 0; attempt < 3; attempt += 1) {
      world.later(from + 120 + 30 * attempt, (at) => {
        const body = statusDocument(at, momentOf(victim, at))
        const act = scene.act(`write ${attempt}`)
        world.exchange(attacker, at, { method: 'PUT', path: pathsOf(victim).status, body, status: 403, act })
      })
    }
  },
}

/** A member whose certificate has ended goes on knocking. */
export const expiredCertificate: Script = {
  run(scene) {
    const { world, attacker, from } = scene
    for (let attempt = 0; attempt < 4; attempt += 1) {
      world.later(from + 60 * attempt, (at) => {
        const { lfdi, index } = attacker.member
        const address = `192.0.2.${1 + (index % 250)}`
        const tls = { peerLfdi: lfdi, address, chainOk: false, notAfter: from, error: 'certificate has expired' }
        world.gsp.saw(at, handshake(attacker.reporter.end, world.gsp.end, tls), scene.act(`handshake ${attempt}`))
      })
    }
  },
}

/** Having lost its name, a device comes back under a new certificate with its old serial number. */
export const whitewasher: Script = {
  kind: 'pv',
  run(scene) {
    lyingMeter.run(scene)
    const { world, attacker, from } = scene
    const { member } = attacker
    const lfdi = drawLfdi(createRandom(`${member.lfdi}/again`))
    const end = { role: 'UNKNOWN', id: lfdi } as const
    const session = { peerLfdi: lfdi, chainOk: true, version: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-CCM8' }
    const back = from + 2400
    world.later(back, (at) => world.gsp.saw(at, handshake(end, world.gsp.end, session), scene.act('return', lfdi)))
    for (let attempt = 0; attempt < 3; attempt += 1) {
      world.later(back + 5 + 30 * attempt, (at) => {
        const act = scene.act(`new name ${attempt}`, lfdi)
        const common = {
          leg: 'GSP-DCM',
          corr: `${lfdi}/${attempt}`,
          method: 'PUT',
          path: pathsOf(member).information,
        } as const
        const body = informationDocument(member, lfdi, at)
        world.gsp.saw(at, { ...common, kind: 'request', from: end, to: world.gsp.end, ...body }, act)
        world.gsp.saw(at + 0.01, { ...common, kind: 'response', from: world.gsp.end, to: end, status: 403 }, act)
      })
    }
  },
}

function handshake(from: Sighting['from'], to: Sighting['to'], tls: Sighting['tls']): Sighting {
  return { leg: 'TLS', kind: 'handshake', from, to, ...(tls && { tls }) }
}
