import type { TrustAlert } from '@gridloom/contracts'

/** Tells listeners of each alert once it is on the disk. */
export type AlertFeed = Disposable &
  Readonly<{
    tell(alert: TrustAlert): void
    /** `ended` is called when the actor stops. */
    listen(heard: (alert: TrustAlert) => void, ended?: () => void): Disposable
  }>

export function createAlertFeed(): AlertFeed {
  const listeners = new Map<(alert: TrustAlert) => void, () => void>()
  return {
    tell: (alert) => {
      for (const heard of listeners.keys()) heard(alert)
    },
    listen: (heard, ended = () => undefined) => {
      listeners.set(heard, ended)
      return { [Symbol.dispose]: () => void listeners.delete(heard) }
    },
    [Symbol.dispose]: () => {
      for (const ended of listeners.values()) ended()
      listeners.clear()
    },
  }
}
