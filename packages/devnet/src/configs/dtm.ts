import type { TrustRegistration } from '@gridloom/contracts'
import { gridActors, urlOf, type GridActor } from '../layout.ts'
import { common, type Scene } from './scene.ts'

const roles: Readonly<Partial<Record<GridActor, TrustRegistration['role']>>> = { gsp: 'GSP', dcm: 'DCM', dtm: 'DTM' }
const sources = { pv: 'pv', storage: 'battery', load: 'load', vehicle: 'other' } as const

/** The trust module of a local grid: knows everybody from the start, and tells the GSP and the fleet of its alerts. */
export function dtmConfig(scene: Scene) {
  const { layout, issued, plan } = scene
  const { operator, servers, devices } = issued
  const served = gridActors.map((name) => ({
    lfdi: servers[name].credentials.lfdi,
    role: roles[name] ?? 'AGG',
    name,
  }))
  return {
    ...common(scene, 'dtm'),
    store: 'sqlite:dtm.db',
    operators: [operator.credentials.lfdi],
    registry: [
      { lfdi: operator.credentials.lfdi, role: 'OPR', name: 'operator' },
      ...served,
      ...devices.map(({ name, maxW, kind, credentials: { lfdi, sfdi } }) => ({
        lfdi,
        role: 'DCM',
        name,
        sfdi: String(sfdi),
        rtgMaxW: maxW,
        source: sources[kind],
        group: plan.groups.findLast(({ members }) => members.includes(name))?.name,
      })),
    ],
    subscribers: [
      { url: `${urlOf(layout.gsp, 'admin')}/trust/alerts`, role: 'GSP', lfdi: servers.gsp.credentials.lfdi },
      {
        url: `${urlOf(layout.dcm)}/trust/alerts`,
        role: 'DCM',
        lfdi: servers.dcm.credentials.lfdi,
        members: devices.map(({ credentials }) => credentials.lfdi),
      },
    ],
  }
}
