import { Time } from '@gridloom/sep2030'
import { civilTime, type CivilTime } from '../domain/civil-time.ts'
import { hrefs } from '../domain/hrefs.ts'
import { attributesOf } from './list.ts'
import { shown, type Wire } from './wire.ts'

/** The server's clock, deliberately uncoordinated: quality 7 is CSIP's value (csip-server, 14). */
export function timeRoutes(wire: Wire): void {
  const zone = zoneOfDay(wire.config.timeZone)
  wire.serve({
    path: hrefs.time,
    target: () => ({ kind: 'open' }),
    volatile: true,
    GET: async (visit) => {
      const { now } = visit
      const { tzOffset, dstOffset, dstStartTime, dstEndTime } = zone(now)
      const summer = dstStartTime <= now && now < dstEndTime ? dstOffset : 0
      return shown(Time, {
        href: hrefs.time,
        ...(await attributesOf(wire, visit, 'Time')),
        currentTime: now,
        dstEndTime,
        dstOffset,
        dstStartTime,
        localTime: now + tzOffset + summer,
        quality: 7,
        tzOffset,
      })
    },
  })
}

// the next change of a zone is looked for once a day, not with every poll
function zoneOfDay(zone: string): (now: number) => CivilTime {
  let day = Number.NaN
  let civil: CivilTime = { tzOffset: 0, dstOffset: 0, dstStartTime: 0, dstEndTime: 0 }
  return (now) => {
    const today = Math.floor(now / 86_400)
    if (today !== day) civil = civilTime(zone, now)
    day = today
    return civil
  }
}
