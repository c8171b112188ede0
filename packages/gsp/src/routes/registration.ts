import { Registration } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import { attributesOf } from './list.ts'
import { found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Wire } from './wire.ts'

/** What a device compares with the PIN it was given: the operator writes it. */
export function registrationRoutes(wire: Wire): void {
  wire.serve({
    path: hrefs.registration('/edev/:device'),
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href, body } = found(visit, await visit.read.get('Registration', visit.path))
      return shown(Registration, { ...(await attributesOf(wire, visit, 'Registration')), ...body, href })
    },
  })
}
