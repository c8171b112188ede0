import { ServiceRequest, type ServiceRequestInput } from '@gridloom/contracts'
import { z } from 'zod'
import { required, UsageError } from './command.ts'
import { parseDuration, parseMoment, parseQuantity } from './units.ts'

const text = { type: 'string' } as const

/** The options of `service request`, of all kinds. */
export const requestKinds = {
  kind: text,
  where: text,
  from: { type: 'string', default: 'now' },
  for: text,
  name: text,
  price: text,
  fairness: text,
  delivered: text,
  import: text,
  export: text,
  other: text,
  target: text,
  step: text,
  reserve: text,
  down: { type: 'boolean' },
  standing: { type: 'boolean' },
  'call-for': text,
  response: text,
  'hold-price': text,
  regulation: text,
  hold: text,
  over: text,
  under: text,
  'dead-band': text,
  var: text,
  band: text,
  strength: text,
  groups: text,
  available: text,
  'cold-load': text,
  'cold-load-for': text,
} as const

export type RequestValues = Readonly<{
  [Option in keyof typeof requestKinds]?: (typeof requestKinds)[Option]['type'] extends 'boolean' ? boolean : string
}>

/** Reads a request as it is typed: values with units, times relative to now. */
export function requestOf(values: RequestValues): ServiceRequestInput {
  const kind = required(values.kind, 'kind')
  const own = Object.hasOwn(details, kind) ? details[kind] : undefined
  if (!own) throw new UsageError(`--kind "${kind}" is none of ${Object.keys(details).join(', ')}`)
  const request = {
    kind,
    where: required(values.where, 'where'),
    duration: secondsOf(required(values.for, 'for')),
    ...startOf(values.from ?? 'now'),
    ...optional('name', values.name, (name) => name),
    ...optional('price', values.price, (price) => plain('price', price)),
    ...optional('fairness', values.fairness, (fairness) => fairness),
    ...optional('delivered', values.delivered, shareOf),
    ...own(values),
  }
  const checked = ServiceRequest.safeParse(request)
  if (!checked.success) throw new UsageError(z.prettifyError(checked.error))
  return request as ServiceRequestInput
}

const bounds = (values: RequestValues) => ({
  ...optional('importW', values.import, watts),
  ...optional('exportW', values.export, watts),
})
const lasting = ({ standing }: RequestValues) => (standing ? { standing } : {})
const other = (values: RequestValues) => optional('otherW', values.other, watts)

const details: Readonly<Record<string, (values: RequestValues) => object>> = {
  limit: (values) => ({ ...bounds(values), ...other(values) }),
  target: (values) => ({ targetW: watts(required(values.target, 'target')), ...other(values) }),
  profile: (values) => ({
    targetW: required(values.target, 'target').split(',').map(watts),
    stepSeconds: secondsOf(required(values.step, 'step')),
    ...other(values),
  }),
  envelope: (values) => ({ ...bounds(values), ...lasting(values) }),
  reserve: (values) => ({
    reserveW: watts(required(values.reserve, 'reserve')),
    direction: values.down ? 'down' : 'up',
    ...optional('callSeconds', values['call-for'], secondsOf),
    ...optional('responseSeconds', values.response, secondsOf),
    ...optional('holdPrice', values['hold-price'], (price) => plain('hold-price', price)),
  }),
  regulation: (values) => ({
    regulationW: watts(required(values.regulation, 'regulation')),
    ...optional('holdSeconds', values.hold, secondsOf),
  }),
  'frequency-response': (values) => ({
    ...optional('overWPerHz', values.over, watts),
    ...optional('underWPerHz', values.under, watts),
    ...optional('deadBandHz', values['dead-band'], (value) => parseQuantity(value, ['Hz']).value),
    ...lasting(values),
  }),
  voltage: (values) => ({
    ...optional('targetVar', values.var, (value) => parseQuantity(value, ['var']).value),
    ...optional('band', values.band, (value) => bandOf(value, values.strength)),
    ...lasting(values),
  }),
  'black-start': (values) => ({
    groups: required(values.groups, 'groups').split(','),
    availableW: watts(required(values.available, 'available')),
    ...optional('coldLoadFactor', values['cold-load'], (factor) => plain('cold-load', factor)),
    ...optional('coldLoadSeconds', values['cold-load-for'], secondsOf),
    ...optional('stepSeconds', values.step, secondsOf),
  }),
}

function optional<Key extends string, T>(key: Key, value: string | undefined, read: (value: string) => T) {
  return value === undefined ? {} : { [key]: read(value) }
}

function bandOf(value: string, strength: string | undefined) {
  const [low, high, ...rest] = value.split(',')
  if (low === undefined || high === undefined || rest.length > 0)
    throw new UsageError(`--band "${value}" is not LOW%,HIGH%`)
  return {
    lowPercent: percent(low),
    highPercent: percent(high),
    ...optional('strengthPercent', strength, percent),
  }
}

/** A start relative to now counts on the server's clock, which need not be ours. */
function startOf(from: string): Readonly<{ start: 'now' | number; delay?: number }> {
  if (from.startsWith('+')) return { start: 'now', delay: secondsOf(from.slice(1)) }
  return { start: from === 'now' ? 'now' : parseMoment(from, Date.now() / 1000) }
}

function secondsOf(value: string): number {
  return Math.round(parseDuration(value))
}

function watts(value: string): number {
  return parseQuantity(value, ['W']).value
}

function percent(value: string): number {
  return parseQuantity(value, ['%']).value
}

function plain(option: string, value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw new UsageError(`--${option} "${value}" is not a number`)
  return number
}

function shareOf(value: string): number {
  return percent(value) / 100
}
