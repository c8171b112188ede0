/** Who steers a peer, or wants to. */
export type Claim = Readonly<{ region: number; epoch: number }>

/** Two trackers claim a peer (§6): the higher epoch wins, of equal ones the region that the peer's name falls into. */
export function claimWins(current: Claim | undefined, claim: Claim, hashRegion: number): boolean {
  if (!current || current.region === claim.region) return claim.epoch >= (current?.epoch ?? 0)
  if (claim.epoch !== current.epoch) return claim.epoch > current.epoch
  return claim.region === hashRegion
}
