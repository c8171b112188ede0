import { DER, DERList } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { Row } from '../store/row.ts'
import { attributesOf, rowsShown } from './list.ts'
import { deviceOf, found, ofOwnDevice } from './visit-rules.ts'
import { shown, type Wire } from './wire.ts'

/** The DERs of a device; a device begins with one, the operator adds more. */
export function derRoutes(wire: Wire): void {
  const list = hrefs.ders('/edev/:device')
  wire.serve({
    path: list,
    target: ofOwnDevice,
    GET: async (visit) => {
      const { href } = await deviceOf(visit)
      return rowsShown(wire, visit, {
        element: DERList,
        query: { kind: 'DER', parent: hrefs.ders(href) },
        view: derView,
      })
    },
  })
  wire.serve({
    path: `${list}/:der`,
    target: ofOwnDevice,
    GET: async (visit) => {
      const der = found(visit, await visit.read.get('DER', visit.path))
      return shown(DER, { ...derView(der), ...(await attributesOf(wire, visit, 'DER')) })
    },
  })
}

/** A DER with its four links, which are needed at once after the registration. */
function derView({ href, body }: Row<'DER'>): DER {
  return {
    ...body,
    href,
    DERAvailabilityLink: { href: hrefs.derAvailability(href) },
    DERCapabilityLink: { href: hrefs.derCapability(href) },
    DERSettingsLink: { href: hrefs.derSettings(href) },
    DERStatusLink: { href: hrefs.derStatus(href) },
  }
}
