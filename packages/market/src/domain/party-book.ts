/** Who speaks for a party, and where it is told things. */
export type PartyRecord = Readonly<{
  partyId: string
  /** The LFDI of the certificate that owns the party; of an adapter inside the process, its name. */
  peer: string
  registrationId: string
  name?: string | undefined
  callback?: string | undefined
  /** Of the server at the callback. */
  callbackLfdi?: string | undefined
}>

export type Listed = Readonly<{ peer: string; partyId: string }>

/** Which certificate is which party: for good, so that nobody else comes into its position. */
export function createPartyBook(from: readonly PartyRecord[] = [], listed?: readonly Listed[]) {
  const byParty = new Map<string, PartyRecord>()
  const byPeer = new Map<string, PartyRecord>()
  for (const record of from) bind(record)

  function bind(record: PartyRecord): void {
    byParty.set(record.partyId, record)
    byPeer.set(record.peer, record)
  }

  /** Whether a peer may register a party: nobody else's, one only, and where parties are listed its own. */
  function mayRegister(peer: string, partyId: string, isRegistered: (partyId: string) => boolean): boolean {
    const owner = byParty.get(partyId)
    if (owner && owner.peer !== peer) return false
    const own = byPeer.get(peer)
    if (own && own.partyId !== partyId && isRegistered(own.partyId)) return false
    const isInside = peer.startsWith('adapter:')
    return !listed || isInside || listed.some((each) => each.peer === peer && each.partyId === partyId)
  }

  /** Whether a peer may speak as a party; a party that nobody owns is unknown, not forbidden, to a peer without one. */
  function maySpeak(peer: string, partyId: string): boolean {
    const owner = byParty.get(partyId)
    return owner ? owner.peer === peer : !byPeer.has(peer)
  }

  return {
    bind,
    mayRegister,
    maySpeak,
    partyOf: (peer: string): string | undefined => byPeer.get(peer)?.partyId,
    recordOf: (partyId: string): PartyRecord | undefined => byParty.get(partyId),
    all: (): readonly PartyRecord[] => [...byParty.values()],
  }
}

export type PartyBook = ReturnType<typeof createPartyBook>
