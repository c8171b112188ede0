import { createBacklog } from './backlog.ts'
import type { Session } from './session.ts'

/**
 * The connections that share what the station has to tell. Those of a redundancy group belong to one control centre: data goes over the
 * one that it started last, and with that one go the changes that the other has not acknowledged (IEC 60870-5-104 §10).
 */
export type Connections = Readonly<{
  add(session: Session): void
  /** Data transfer was started on a connection. */
  started(session: Session, now: number): void
  /** To whom data is transferred; or kept for the first to whom it will be. */
  tell(asdu: Buffer, now: number): void
  remove(session: Session): void
}>

export function createConnections({ isGroup }: Readonly<{ isGroup: boolean }>): Connections {
  const sessions = new Set<Session>()
  const backlog = createBacklog()
  return {
    add: (session) => void sessions.add(session),
    started(session, now) {
      for (const other of sessions) {
        if (isGroup && other !== session && other.isStarted()) backlog.keep(other.standBy())
      }
      for (const asdu of backlog.take()) session.send(asdu, now)
    },
    tell(asdu, now) {
      const heard = [...sessions].filter((session) => session.send(asdu, now))
      if (heard.length === 0) backlog.keep([asdu])
    },
    remove(session) {
      sessions.delete(session)
      if (![...sessions].some((other) => other.isStarted())) backlog.keep(session.unheard())
    },
  }
}
