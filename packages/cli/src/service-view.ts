import type { Delivery, DeliveryInterval, Service, Settlement } from '@gridloom/contracts'
import { drawDelivery } from './chart/delivery.ts'
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

/** A service with its devices, and delivered against asked as a table and as a chart. */
export function renderService(service: Service, { intervals, share }: Delivery): string {
  const { id, request, status, start, end, history, awards, best } = service
  const head = [
    `${id}  ${request.kind} at ${request.where}: ${asked(request)}`,
    `${status}, ${moment(start)} to ${moment(end)}`,
    history.map((entry) => `${entry.status}${entry.reason === undefined ? '' : ` (${entry.reason})`}`).join(' → '),
    ...(best ? [`best possible: ${best.text}`] : []),
  ]
  const orders = awards.map((award) => [
    `${award.lfdi.slice(0, 12)}…`,
    award.control,
    kilo(award.baseW),
    kilo(award.W),
    award.status,
    award.reason ?? '',
  ])
  const parts = [
    head.join('\n'),
    ...(orders.length > 0 ? [table(['device', 'control', 'base kW', 'ordered kW', 'status', ''], orders)] : []),
    ...(intervals.length > 0 ? [renderIntervals(intervals), drawDelivery(intervals)] : []),
    ...(share === null ? [] : [`${Math.round(share * 100)} % of the intervals delivered`]),
  ]
  return parts.join('\n\n')
}

function renderIntervals(intervals: readonly DeliveryInterval[]): string {
  const rows = intervals.map(({ start, lowW, highW, baselineW, actualW, metered, delivered }) => [
    moment(start),
    band(lowW, highW),
    kilo(baselineW),
    actualW === null ? '' : kilo(actualW),
    metered,
    delivered === null ? '' : delivered ? 'yes' : 'no',
  ])
  return table(['interval', 'asked kW', 'baseline kW', 'actual kW', 'metered', 'delivered'], rows)
}

/** A statement as a table: energies in Wh, amounts in the currency. */
export function renderSettlement({ rows, total, price, final }: Settlement): string {
  const line = (
    id: string,
    method: string,
    { askedMilliWh, deliveredMilliWh, performance, net }: Settlement['total'],
  ) => [
    id,
    method,
    (askedMilliWh / 1000).toFixed(1),
    (deliveredMilliWh / 1000).toFixed(1),
    `${Math.round(performance * 100)} %`,
    (net * 10 ** price.scale).toFixed(6),
  ]
  const lines = rows.map((row) => line(`${row.id.slice(0, 12)}…`, row.baselineMethod ?? '', row))
  const heads = ['device', 'baseline', 'asked Wh', 'delivered Wh', 'performance', price.currency]
  return `${table(heads, [...lines, line('total', '', total)])}${final ? '' : '\nnot final yet'}`
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
