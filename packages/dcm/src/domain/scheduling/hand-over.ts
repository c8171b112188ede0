import { end, type Draft, type DraftEvent } from './draft.ts'
import { overlaps, sharesField, type LiveEvent } from './event.ts'

/**
 * Ends what its server superseded (D17). A scheduled event that overlaps it and could have started by now takes its place at
 * once. Only an old one that runs inside its own start randomization window runs on, until the new one's drawn start.
 */
export function handOver(draft: Draft): void {
  const replaced = [...draft.live.values()].filter(({ stopping }) => stopping === 'Superseded')
  if (replaced.length === 0) return
  const scheduled = [...draft.live.values()].filter(({ state, stopping }) => state === 'Scheduled' && !stopping)
  for (const event of replaced) {
    const heirs = scheduled.filter((heir) => couldReplace(heir, event, draft.now))
    if (runsOn(event, heirs, draft.now)) {
      event.stopAt = event.effective[1]
      continue
    }
    const fresh = event.stopAt === null
    end(draft, event, { state: 'Superseded', status: 7 })
    if (fresh) for (const heir of heirs) startAtOnce(heir, draft.now)
  }
}

/** The overlap is that of the specified times, as the server sees it. */
function couldReplace(heir: LiveEvent, old: LiveEvent, now: number): boolean {
  const earliest = heir.specified[0] + Math.min(0, heir.randomizeStart)
  return earliest <= now && overlaps(heir.specified, old.specified) && sharesField(heir, old)
}

/** Judged when the status is learned; a new one must be in sight then, and stay so. */
function runsOn(
  { state, stopAt, specified: [start], randomizeStart }: LiveEvent,
  heirs: readonly LiveEvent[],
  now: number,
): boolean {
  if (heirs.length === 0) return false
  if (stopAt !== null) return true
  return state === 'Active' && start + Math.min(0, randomizeStart) <= now && now < start + Math.max(0, randomizeStart)
}

/** In place of the drawn start; the drawn end stays. */
function startAtOnce(heir: DraftEvent, now: number): void {
  if (!heir.begun && heir.drawn[0] > now) heir.drawn = [now, heir.drawn[1]]
}
