import { describe, expect, it } from 'vitest'
import { UsageError } from './command.ts'
import { requestOf, type RequestValues } from './service-request.ts'

const common = { where: 'feeder-1', for: '2m' } as const

describe('a service request on the command line', () => {
  it.each<[string, RequestValues, object]>([
    ['limit', { import: '3kW', from: '+10s' }, { importW: 3000, start: 'now', delay: 10, duration: 120 }],
    ['target', { target: '-2kW', other: '-500W' }, { targetW: -2000, otherW: -500, start: 'now' }],
    ['profile', { target: '2kW,-1kW', step: '5m' }, { targetW: [2000, -1000], stepSeconds: 300 }],
    [
      'reserve',
      { reserve: '5kW', down: true, 'call-for': '10m', 'hold-price': '0.02' },
      { reserveW: 5000, direction: 'down', callSeconds: 600, holdPrice: 0.02 },
    ],
    ['frequency-response', { over: '800W', 'dead-band': '0.05Hz' }, { overWPerHz: 800, deadBandHz: 0.05 }],
    [
      'voltage',
      { band: '97%,103%', strength: '50%' },
      { band: { lowPercent: 97, highPercent: 103, strengthPercent: 50 } },
    ],
    ['envelope', { export: '6kW', standing: true }, { exportW: 6000, standing: true }],
    ['black-start', { groups: 'a,b', available: '8kW' }, { groups: ['a', 'b'], availableW: 8000 }],
    [
      'limit',
      { export: '2kW', delivered: '90%', fairness: 'equal' },
      { exportW: 2000, delivered: 0.9, fairness: 'equal' },
    ],
  ])('reads a %s with %j', (kind, values, request) => {
    expect(requestOf({ ...common, kind, ...values })).toMatchObject({ kind, where: 'feeder-1', ...request })
  })

  it.each<[RequestValues, string]>([
    [{ kind: 'magic' }, 'is none of limit'],
    [{ kind: 'limit' }, 'neither importW nor exportW'],
    [{ kind: 'limit', import: '3 apples' }, 'is not a number with a unit'],
    [{ kind: 'limit', import: '3kW', price: 'cheap' }, '--price "cheap" is not a number'],
    [{ kind: 'target' }, '--target is missing'],
    [{ kind: 'voltage', var: '1kvar', band: '97%,103%' }, 'name either targetVar or band'],
    [{ kind: 'voltage', band: '97%' }, 'is not LOW%,HIGH%'],
    [{ kind: 'voltage', var: '1kvar', standing: true }, 'only with a band'],
  ])('refuses %j', (values, message) => {
    const ask = () => requestOf({ ...common, ...values })
    expect(ask).toThrow(UsageError)
    expect(ask).toThrow(message)
  })
})
