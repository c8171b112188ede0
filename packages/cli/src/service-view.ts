import type { Delivery, DeliveryInterval, FollowingScore, Service } from '@gridloom/contracts'
import { drawDelivery } from './chart/delivery.ts'
import { nameOf } from './device-name.ts'
import { percentText } from './percent-text.ts'
import { table } from './table.ts'

/** One service in a line or two, for whoever has just asked for it. */
export function describeService({ id, status, history, start, end, devices, best, awards }: Service): string {
  const reason = history.at(-1)?.reason
  const said = reason === undefined ? '' : `: ${reason}`
  if (status === 'refused') return `${id} refused${said}\n  best possible: ${best?.text ?? 'unknown'}`
  const orders = awards.length > 0 ? `, ${awards.length} of ${devices} devices ordered` : `, ${devices} devices there`
  return `${id} ${status}${said}, ${moment(start)} to ${moment(end)}${orders}`
}

/** Services as a table, the newest first. */
export function renderServices(services: readonly Service[]): string {
  const rows = services.map(({ id, request, status, start, end, awards, devices }) => [
    id,
    request.kind,
    request.where,
    asked(request),
    status,
    moment(start),
    `${Math.round(end - start)}s`,
    `${awards.filter((award) => award.status !== 'dropped').length}/${devices}`,
  ])
  return table(['id', 'kind', 'where', 'asked', 'status', 'start', 'for', 'devices'], rows)
}

/** A service as a control room sees it: where it stands, who does what, and delivered against asked as a table and as a chart. */
export function renderService(service: Service, delivery: Delivery): string {
  const { awards } = service
  const { intervals, share, score } = delivery
  const earlier = intervals.length - mostIntervals
  const parts = [
    headOf(service, delivery),
    ...(service.groups ? [renderGroups(service.groups)] : []),
    ...(awards.length > 0 ? [renderAwards(awards)] : []),
    ...(intervals.length > 0
      ? [
          `${renderIntervals(intervals.slice(-mostIntervals))}${earlier > 0 ? `\n… after ${earlier} earlier ones (--json)` : ''}`,
          drawDelivery(intervals),
        ]
      : []),
    ...(score ? [`followed the signal: ${scoreText(score)}`] : []),
    ...(share === null ? [] : [`${Math.round(share * 100)} % of the intervals delivered`]),
  ]
  return parts.join('\n\n')
}

const mostIntervals = 20
const mostAwards = 30

function headOf(service: Service, { intervals }: Delivery): string {
  const { id, request, status, start, end, history, best, warning, waitsFor, hertz, signal, call, cost, standing } =
    service
  const last = intervals.at(-1)
  return [
    `${id}  ${request.kind} at ${request.where}: ${asked(request)}`,
    `${status}, ${moment(start)} to ${moment(end)}`,
    history.map((entry) => `${entry.status}${entry.reason === undefined ? '' : ` (${entry.reason})`}`).join(' → '),
    ...(best ? [`best possible: ${best.text}`] : []),
    ...(warning === undefined ? [] : [`warning: ${warning}`]),
    ...(cost > 0 ? [`planned cost ${cost.toFixed(4)}`] : []),
    ...(standing === undefined ? [] : [`default control of the group: ${standing}`]),
    ...(call ? [`called ${kilo(call.watts)} kW, ${moment(call.at)} to ${moment(call.until)}`] : []),
    ...(signal ? [`last signal ${signal.value}, ${moment(signal.at)}`] : []),
    ...(hertz === undefined ? [] : [`frequency ${hertz.toFixed(3)} Hz`]),
    ...(waitsFor === undefined ? [] : [`waits: ${waitsFor}`]),
    ...(last?.actualW == null ? [] : [`now ${kilo(last.actualW)} kW${nowText(last)}`]),
  ].join('\n')
}

/** What was asked in the last interval, and how far off it is. */
function nowText({ lowW, highW, actualW, baselineW }: DeliveryInterval): string {
  const said = band(lowW, highW)
  if (said === '') return `, nothing asked (baseline ${kilo(baselineW)} kW)`
  const offW = Math.max((lowW ?? -Infinity) - (actualW ?? 0), (actualW ?? 0) - (highW ?? Infinity), 0)
  return `, asked ${said} kW${offW > 0 ? `: ${kilo(offW)} kW off` : ''}`
}

/** Those who do not follow come first. */
function renderAwards(awards: Service['awards']): string {
  const order = ['dropped', 'ordered', 'received', 'following']
  const sorted = awards.toSorted(
    (a, b) =>
      order.indexOf(a.status) - order.indexOf(b.status) || nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }),
  )
  const rows = sorted
    .slice(0, mostAwards)
    .map((award) => [nameOf(award), award.control, kilo(award.baseW), kilo(award.W), award.status, award.reason ?? ''])
  const hidden = awards.length - rows.length
  const lines = table(['device', 'control', 'base kW', 'ordered kW', 'status', ''], rows)
  return hidden > 0 ? `${lines}\n… and ${hidden} more (--json)` : lines
}

function renderGroups(groups: NonNullable<Service['groups']>): string {
  const rows = groups.map(({ group, status, since, trips }) => [group, status, since > 0 ? moment(since) : '', trips])
  return table(['group', 'status', 'since', 'trips'], rows)
}

function scoreText({ score, correlation, delaySeconds, precision }: FollowingScore): string {
  return `${percentText(score)} (correlation ${percentText(correlation)}, ${Math.round(delaySeconds)} s late, precision ${percentText(precision)})`
}

function renderIntervals(intervals: readonly DeliveryInterval[]): string {
  const isHeld = intervals.some(({ heldW }) => heldW !== undefined)
  const isScored = intervals.some(({ score }) => score !== undefined)
  const rows = intervals.map((interval) => {
    const { start, lowW, highW, baselineW, actualW, metered, delivered, heldW, readyW, score } = interval
    return [
      moment(start),
      band(lowW, highW),
      kilo(baselineW),
      actualW === null ? '' : kilo(actualW),
      ...(isHeld ? [kilo(heldW ?? 0), kilo(readyW ?? 0)] : []),
      ...(isScored ? [score ? percentText(score.score) : ''] : []),
      metered,
      delivered === null ? '' : delivered ? 'yes' : 'no',
    ]
  })
  const heads = [
    'interval',
    'asked kW',
    'baseline kW',
    'actual kW',
    ...(isHeld ? ['held kW', 'ready kW'] : []),
    ...(isScored ? ['score'] : []),
    'metered',
    'delivered',
  ]
  return table(heads, rows)
}

function asked(request: Service['request']): string {
  switch (request.kind) {
    case 'limit':
    case 'envelope':
      return [
        ...(request.importW === undefined ? [] : [`import ${kilo(request.importW)} kW`]),
        ...(request.exportW === undefined ? [] : [`export ${kilo(request.exportW)} kW`]),
      ].join(', ')
    case 'target':
      return `${kilo(request.targetW)} kW`
    case 'profile':
      return `${request.targetW.map(kilo).join(', ')} kW`
    case 'reserve':
      return `${kilo(request.reserveW)} kW ${request.direction}`
    case 'regulation':
      return `±${kilo(request.regulationW)} kW`
    case 'frequency-response':
      return `${kilo(request.overWPerHz)} and ${kilo(request.underWPerHz)} kW/Hz`
    case 'voltage':
      return request.band
        ? `${request.band.lowPercent} to ${request.band.highPercent} % V`
        : `${kilo(request.targetVar ?? 0)} kvar`
    case 'black-start':
      return `${request.groups.join(', ')} on ${kilo(request.availableW)} kW`
    default:
      return request satisfies never
  }
}

function band(lowW: number | null, highW: number | null): string {
  if (lowW === null && highW === null) return ''
  if (lowW === highW && lowW !== null) return kilo(lowW)
  if (highW === null) return `>= ${kilo(lowW ?? 0)}`
  return lowW === null ? `<= ${kilo(highW)}` : `${kilo(lowW)} to ${kilo(highW)}`
}

function kilo(watts: number): string {
  return String(Math.round(watts / 10) / 100)
}

function moment(seconds: number): string {
  return new Date(Math.round(seconds) * 1000).toISOString().replace('.000', '')
}
