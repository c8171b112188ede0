import { bearable, type Known } from '../knowledge/known.ts'
import { reachOf } from '../knowledge/reach.ts'

export type ReadyQuery = Readonly<{
  direction: 'up' | 'down'
  /** For which it must be able to give it; 0 while it is being given. */
  callSeconds: number
  /** Share of a store that is never given, where its terms do not say. */
  storeReserve: number
  storeEfficiency: number
}>

/** How much more, or less, a DER could have exported in an interval: by its controls, its connection point and its store. W */
export function roomOf(known: Known, actualW: number, query: ReadyQuery): number {
  const { der, terms } = known
  const { maxW, minW } = reachOf(der, [actualW], { envelope: bearable(known) })
  const [most = actualW, least = actualW] = [maxW[0], minW[0]]
  const room = query.direction === 'up' ? most - actualW : actualW - least
  const { store } = der
  if (!store || query.callSeconds === 0) return Math.max(room, 0)
  const keptWh = (terms.reserveShare ?? query.storeReserve) * store.capacityWh
  const leftWh =
    query.direction === 'up' ? store.energyWh - keptWh : (store.capacityWh - store.energyWh) / query.storeEfficiency
  return Math.max(Math.min(room, (leftWh * 3600) / query.callSeconds), 0)
}
