/** What a Time resource tells of a time zone: offsets in seconds, and the daylight saving period of now or next. */
export type CivilTime = Readonly<{ tzOffset: number; dstOffset: number; dstStartTime: number; dstEndTime: number }>

/** Works out the offsets of an IANA zone around a moment; without daylight saving both of its times are 0. */
export function civilTime(zone: string, now: number): CivilTime {
  const offsetAt = offsetOf(zone)
  const months = Array.from({ length: 13 }, (_none, month) => now - halfYear + month * averageMonth)
  const offsets = months.map(offsetAt)
  const tzOffset = Math.min(...offsets)
  const dstOffset = Math.max(...offsets) - tzOffset
  if (dstOffset === 0) return { tzOffset, dstOffset: 0, dstStartTime: 0, dstEndTime: 0 }
  const isSummer = (time: number): boolean => offsetAt(time) > tzOffset
  const end = nextChange(isSummer, now, true)
  return { tzOffset, dstOffset, dstStartTime: lastStart(isSummer, end), dstEndTime: end }
}

const hour = 3600
const averageMonth = 30.5 * 24 * hour
const halfYear = 6 * averageMonth

/** The next moment at which the state `from` ends, to the second. */
function nextChange(isSummer: (time: number) => boolean, now: number, from: boolean): number {
  let time = now
  const leaves = (): boolean => isSummer(time) === from && isSummer(time + 24 * hour) !== from
  while (!leaves()) time += 24 * hour
  return firstSecond((at) => isSummer(at) !== from, time, time + 24 * hour)
}

function lastStart(isSummer: (time: number) => boolean, end: number): number {
  let time = end - 1
  while (isSummer(time)) time -= 24 * hour
  return firstSecond(isSummer, time, time + 24 * hour)
}

function firstSecond(holds: (time: number) => boolean, before: number, after: number): number {
  let low = before
  let high = after
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

function offsetOf(zone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return (time) => {
    const name = format.formatToParts(time * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * hour + Number(minutes) * 60)
  }
}
