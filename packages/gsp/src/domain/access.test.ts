import type { Lfdi } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { isAllowed, type Caller, type Method, type Target } from './access.ts'

const stranger: Caller = { kind: 'unregistered', lfdi: 'AA'.repeat(20) as Lfdi }
const device: Caller = { kind: 'device', lfdi: 'BB'.repeat(20) as Lfdi }
const aggregator: Caller = { kind: 'aggregator', lfdi: 'CC'.repeat(20) as Lfdi, aggregator: '/aggregators/1' }

const open: Target = { kind: 'open' }
const endDevices: Target = { kind: 'endDevices' }
const mirrors: Target = { kind: 'mirrors' }
const usagePoints: Target = { kind: 'usagePoints' }
const self: Target = { kind: 'self' }
const ofDevice: Target = { kind: 'owned', scope: device.lfdi }
const ofStranger: Target = { kind: 'owned', scope: stranger.lfdi }
const ofAggregator: Target = { kind: 'owned', scope: '/aggregators/1' }
const ofOtherAggregator: Target = { kind: 'owned', scope: '/aggregators/2' }
const ofOperator: Target = { kind: 'owned', scope: undefined }

const methods: readonly Method[] = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE']
const reads = 'GET HEAD'
const all = methods.join(' ')

it.each([
  // target, stranger, device, aggregator
  ['open', open, reads, reads, reads],
  ['the list of end devices', endDevices, 'GET HEAD POST', 'GET HEAD POST', 'GET HEAD POST'],
  ['the list of mirrors', mirrors, reads, 'GET HEAD POST', 'GET HEAD POST'],
  ['the list of usage points', usagePoints, '', reads, reads],
  ["an aggregator's own end device", self, '', '', reads],
  ["the device's own", ofDevice, '', all, ''],
  ["the aggregator's own", ofAggregator, '', '', all],
  ["another aggregator's", ofOtherAggregator, '', '', ''],
  ["an unregistered party's", ofStranger, '', '', ''],
  ["the operator's", ofOperator, '', '', ''],
])('lets nobody reach what is not theirs: %s', (_name, target, byStranger, byDevice, byAggregator) => {
  expect([stranger, device, aggregator].map((caller) => allowed(caller, target))).toEqual([
    byStranger,
    byDevice,
    byAggregator,
  ])
})

function allowed(caller: Caller, target: Target): string {
  return methods.filter((method) => isAllowed(caller, target, method)).join(' ')
}
