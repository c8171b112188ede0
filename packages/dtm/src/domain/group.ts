import type { Level } from './parameters.ts'

export type Member = Readonly<{ ratedWatts: number; Te: number; level: Level }>

/** Trust in a feeder or an aggregation, and the power that may be counted on: distrusted members offer none (§4). */
export function groupTrust(members: readonly Member[]): Readonly<{ trust: number; trustedWatts: number }> {
  const rated = members.reduce((sum, { ratedWatts }) => sum + ratedWatts, 0)
  return { trust: rated === 0 ? 0 : worth(members) / rated, trustedWatts: worth(members.filter(isOffered)) }
}

function worth(members: readonly Member[]): number {
  return members.reduce((sum, { ratedWatts, Te }) => sum + ratedWatts * Te, 0)
}

function isOffered({ level }: Member): boolean {
  return level <= 2
}
