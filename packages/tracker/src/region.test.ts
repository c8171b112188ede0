import type { Lease, PeerReport } from '@gridloom/contracts'
import { expect, it } from 'vitest'
import { battery, engine, host, house, liveRegion, peerOf, sun } from './testing/live-region.ts'

it('feeds a house from an engine that it raises, and tells both', () => {
  const { region, join, round, commandsFor, report } = liveRegion()
  join(engine('e', 50), house('h', 10))
  expect(round().decision.starving).toEqual([])
  expect(commandsFor('e')).toMatchObject([{ op: 'setOutput', kw: 10, region: 0, epoch: 1 }])
  expect(report(['h']).peers[0]?.lease).toMatchObject({ generator: 'e', kw: 10 })
  expect(region.summary().books).toMatchObject({ demandKw: 10, servedKw: 10, starvingKw: 0 })
})

it('repeats a command until it is acknowledged, and counts on it meanwhile', () => {
  const { join, round, commandsFor, report, change } = liveRegion()
  join(engine('e', 50), house('h', 10))
  round()
  round()
  const commands = commandsFor('e')
  expect(commands).toHaveLength(1)
  const [command] = commands
  if (!command) return
  const { region, epoch, seq } = command
  change('e', { outputKw: 10 })
  report(['e'], [{ region, epoch, seq, id: 'e', status: 'done', kw: 10 }])
  expect(commandsFor('e')).toEqual([])
})

it('passes a lost generator over in the same round and finds its consumers another', () => {
  const { join, round, pass } = liveRegion()
  join(engine('e', 50, 10), house('h', 10))
  round()
  join(engine('f', 50))
  for (let period = 0; period < 4; period++) {
    pass(2)
    round(['e'])
  }
  const { decision } = round(['e'])
  expect(decision.trees.map(({ generator }) => generator)).toEqual(['f'])
  expect(decision.books).toMatchObject({ servedKw: 10, starvingKw: 0 })
})

it('keeps the demand of a lost consumer for half a minute', () => {
  const { join, round, pass } = liveRegion()
  join(engine('e', 50), house('h', 10))
  pass(28)
  expect(round(['h']).decision.books.demandKw).toBe(10)
  pass(4)
  expect(round(['h']).decision.books.demandKw).toBe(0)
})

it('counts a lost storage as demand while it charged, and as nothing while it discharged', () => {
  const { join, round, pass } = liveRegion()
  join(engine('e', 50), battery('c', 'charging'), battery('d', 'discharging', 10))
  pass(8)
  expect(round(['c', 'd']).decision.books).toMatchObject({ chargingKw: 10, supplyKw: 10 })
})

it('sheds through the root of the tree, and takes the next candidate when the first is silent', () => {
  const { region, join, round, report, commandsFor, change } = liveRegion()
  join(sun('s', 100), house('big', 10, 30), house('small', 10, 20))
  round()
  change('s', { availableKw: 60 })
  round()
  const [command] = commandsFor('s').filter(({ op }) => op === 'shed')
  expect(command).toMatchObject({ kw: 30, to: [{ id: 'big', kw: 30 }] })
  if (!command) return
  const { epoch, seq } = command
  const isUrgent = region.acknowledge([{ region: 0, epoch, seq, id: 'big', status: 'silent', kw: 0 }], host)
  expect(isUrgent).toBe(true)
  round()
  expect(commandsFor('s').filter(({ op }) => op === 'shed')).toMatchObject([{ to: [{ id: 'small', kw: 20 }] }])
  report(['s'])
})

it('shows when a unit that was started will deliver, and what a storage said it has', () => {
  const { region, join, round, report, commandsFor } = liveRegion()
  const fixed: PeerReport = { id: 'f', kind: 'fixed', capacityKw: 50, outputKw: 0, loadKw: 0, online: false }
  join(fixed, { ...battery('b', 'idle'), dischargeRateKw: 5 } as PeerReport, house('h', 20))
  round()
  const outcomes = ['f', 'b'].flatMap((id) =>
    commandsFor(id).map(({ epoch, seq, kw }) => ({ region: 0, epoch, seq, id, status: 'done' as const, kw })),
  )
  const more = (id: string) => (id === 'f' ? { readyAt: 1010 } : { availableKwh: 3 })
  report(
    [],
    outcomes.map((outcome) => ({ ...outcome, ...more(outcome.id) })),
  )
  const notes = new Map(region.detail().peers.map(({ id, note }) => [id, note]))
  expect([notes.get('f'), notes.get('b')]).toEqual(['starts, ready in 10 s', 'idle, 3.0 kWh'])
})

it('starts an engine that comes later for who was shed before', () => {
  const { join, round } = liveRegion()
  join(sun('s', 10), { ...house('h', 2, 20), shedKw: 20 } as PeerReport)
  expect(round().decision.books).toMatchObject({ shedKw: 20, servedKw: 2 })
  join(engine('e', 100))
  const { actions, books } = round().decision
  expect(actions.map(({ op, id }) => [op, id])).toEqual(
    expect.arrayContaining([
      ['release', 'h'],
      ['setOutput', 'e'],
    ]),
  )
  expect(books).toMatchObject({ shedKw: 0, servedKw: 22, starvingKw: 0 })
})

it('leaves shed who fits on no single generator with all that it draws', () => {
  const { join, round } = liveRegion()
  join(engine('e', 10), engine('f', 10), { ...house('h', 2, 10), shedKw: 10 } as PeerReport)
  expect(round().decision.books).toMatchObject({ shedKw: 10, servedKw: 2, starvingKw: 0 })
})

it('counts a partial acknowledgement with what was really shed', () => {
  const { region, join, round, commandsFor, change } = liveRegion()
  join(sun('s', 100), house('h', 40, 40))
  round()
  change('s', { availableKw: 50 })
  round()
  const [command] = commandsFor('s').filter(({ op }) => op === 'shed')
  if (!command) throw new Error('nothing is shed')
  const lie = { region: 0, epoch: 1, seq: command.seq, id: 'h', status: 'silent', kw: 0 } as const
  expect(region.acknowledge([lie], 'D'.repeat(40))).toBe(false)
  region.acknowledge([{ region: 0, epoch: 1, seq: command.seq, id: 'h', status: 'done', kw: 15 }], host)
  const { shedKw, demandKw } = region.round()?.decision.books ?? {}
  expect([shedKw, demandKw]).toEqual([15, 80])
})

it('listens after a restart: no decision before nine tenths of the known peers reported', () => {
  const peers = Array.from({ length: 10 }, (_, index) => house(`h${index}`, 1))
  const { region, join } = liveRegion({}, [engine('e', 50), ...peers].map(peerOf), 2)
  join(engine('e', 50))
  expect(region.round()).toBeUndefined()
  join(...peers.slice(0, 8))
  expect(region.phase()).toBe('listening')
  join(...peers.slice(8))
  expect(region.round()?.decision.books.servedKw).toBe(10)
})

it('listens no longer than its time, and keeps the trees that consumers live by', () => {
  const known = [sun('large', 10), sun('small', 2), house('h', 1), house('absent', 1)].map(peerOf)
  const { region, join, pass, round } = liveRegion({}, known, 2)
  join(sun('large', 10), sun('small', 2), leased(house('h', 1), lease))
  expect(region.round()).toBeUndefined()
  pass(10)
  const { trees, moved } = round().decision
  // the best fit would be the small one
  expect(trees.find(({ consumers }) => consumers.length > 0)?.generator).toBe('large')
  expect(moved).toBe(0)
})

it('takes in guests as far as it has to spare, and sends them home when it has not', () => {
  const { region, join, round, change } = liveRegion()
  join(engine('e', 50), house('h', 20))
  round()
  const guest = (id: string, kw: number) => ({ id, class: 1, kw, url: 'https://far', host: 'B'.repeat(40) })
  const ask = { from: 1, epoch: 1, consumers: [guest('near', 10), guest('far', 30)], returned: [] }
  expect(region.takeover(ask).accepted.map(({ id }) => id)).toEqual(['near'])
  round()
  expect(region.takeover(ask).accepted).toMatchObject([{ id: 'near', lease: { generator: 'e' } }])
  change('h', { stochasticKw: 60 })
  round()
  expect(region.takeover(ask).accepted).toEqual([])
})

it('leaves a consumer to the neighbour whose lease it reports after a restart', () => {
  const known = [engine('e', 50), house('h', 10)].map(peerOf)
  const { region, join, pass, round } = liveRegion({}, known, 2)
  join(engine('e', 50), leased(house('h', 10), { ...lease, region: 1, validUntil: 1015 }))
  expect(round().decision.trees.flatMap(({ consumers }) => consumers)).toEqual([])
  expect(region.summary()).toMatchObject({ lent: 1, starving: 0 })
  pass(15)
  expect(round().decision.books.servedKw).toBe(10)
})

it('counts black-outs and how long they were: of a lost root and of a tree that outgrew its root', async () => {
  const { join, round, pass, change, metric } = liveRegion()
  join(sun('s', 50), house('h', 10))
  round()
  pass(2)
  change('s', { availableKw: 9 })
  round()
  expect([await metric('region_blackouts_total'), await metric('region_blackout_seconds_total')]).toEqual([1, 2])
  change('s', { availableKw: 50 })
  round()
  pass(7)
  round(['s'])
  expect([await metric('region_blackouts_total'), await metric('region_blackout_seconds_total')]).toEqual([2, 9])
})

it('tells how long a consumer starved, what waited, whom it rebalanced, and when the region should be split', async () => {
  const { join, round, pass, change, metric } = liveRegion()
  join(sun('s', 5), { ...house('h', 10), waiting: { kw: 3.6, since: 1000, latest: 2000 } } as PeerReport)
  round()
  pass(4)
  round()
  pass(4)
  change('s', { availableKw: 50 })
  round()
  expect(await metric('region_starved_seconds')).toBe(8)
  expect([await metric('region_deferred_seconds_total'), await metric('region_deferred_kwh_total')]).toEqual([8, 0.004])
  // fed, and told to start
  expect(await metric('region_rebalanced_total')).toBe(1)
  expect(await metric('region_consumers_per_generator')).toBe(1)
  expect(await metric('region_peer_bytes')).toBeGreaterThan(100)
  expect(await metric('region_peers_limit')).toBeGreaterThan(2)
})

it('hears for a peer only the host that it belongs to', () => {
  const { region, join } = liveRegion()
  join(house('h', 1))
  const batch = { ts: 0, lamport: 0, reports: [house('h', 99)], outcomes: [] }
  expect(region.take(batch, 'C'.repeat(40)).unknown).toEqual(['h'])
  expect(region.summary().consumers).toBe(1)
  expect(region.round()?.decision.books.demandKw).toBe(1)
})

const lease: Lease = {
  region: 0,
  epoch: 1,
  seq: 9,
  treeId: 't',
  generator: 'large',
  generatorHost: 'A',
  kw: 1,
  validUntil: 2000,
}

function leased(report: PeerReport, by: Lease): PeerReport {
  return report.kind === 'consumer' ? { ...report, lease: by } : report
}
