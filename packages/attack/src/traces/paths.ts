import type { Member } from './member.ts'

/** Where the server keeps what belongs to a device. */
export type Paths = ReturnType<typeof pathsOf>

export function pathsOf({ index }: Pick<Member, 'index'>) {
  const device = `/edev/${index}`
  const der = `${device}/der/1`
  const assignment = `${device}/fsa/1`
  return {
    device,
    registration: `${device}/rg`,
    information: `${device}/di`,
    logEvents: `${device}/lel`,
    responses: `${device}/rsps/1/rsp`,
    ders: `${device}/der`,
    der,
    capability: `${der}/dercap`,
    settings: `${der}/derg`,
    status: `${der}/ders`,
    availability: `${der}/dera`,
    assignments: `${device}/fsa`,
    assignment,
    programs: `${assignment}/derp`,
    program: { own: `${device}/derp/2`, system: `${device}/derp/1` },
    controls: { own: `${device}/derp/2/derc`, system: `${device}/derp/1/derc` },
    mirror: `/mup/${index}`,
  } as const
}
