import { expect, it } from 'vitest'
import { solveRegion } from './solve.ts'

const generator = { id: 'g', usableKw: 1 }

it.each([
  [{ kind: 'auction' }, 'no kind "auction": it is balance, match, storage-ticks or hash\n  → at kind'],
  [[], 'expected object'],
  [{ kind: 'hash', cases: [{ given: { name: 'a', regions: 0 } }] }, 'at cases[0].given.regions'],
  [match({ consumers: [{ id: 'c', class: 10, demandKw: 1 }] }), 'at given.consumers[0].class'],
  [match({ generators: [generator, generator] }), '"g" stands twice\n  → at given.generators[1].id'],
  [
    balance({ consumers: [consumer({ drKw: 2 })] }),
    '2 kW is more than the deferrable 1 kW\n  → at given.consumers[0].drKw',
  ],
  [balance({ generators: [{ id: 'g', kind: 'fixed', capacityKw: 1 }] }), 'at given.generators[0].online'],
])('says what is wrong with a file, and where: %j', (file, message) => {
  expect(() => solveRegion(file)).toThrow(message)
})

it('compares decimals as they are written', () => {
  const consumers = ['a', 'b', 'c'].map((id) => ({ id, class: 0, demandKw: 0.1 }))
  const outcome = solveRegion(match({ generators: [{ id: 'g', usableKw: 0.3 }], consumers }))
  expect(outcome).toMatchObject({ expect: { greedy: { residualKw: { g: 0 }, starving: [] } } })
})

it('raises a storage that discharges already before it sheds', () => {
  const battery = {
    id: 'b',
    mode: 'discharging',
    chargingRateKw: 5,
    dischargeRateKw: 5,
    availableKwh: 9,
    capacityKwh: 10,
    dischargeKw: 1,
  }
  const outcome = solveRegion(balance({ storages: [battery], consumers: [consumer({ stochasticKw: 2 })] }))
  expect(outcome).toMatchObject({ expect: { actions: [{ op: 'setDischarge', id: 'b', kw: 3 }] } })
})

it('spills what curtailing cannot take away', () => {
  const storm = [
    { id: 'w', kind: 'stochastic', capacityKw: 1, availableKw: 1 },
    { id: 'f', kind: 'fixed', capacityKw: 5, online: true },
  ]
  const consumers = [consumer({ stochasticKw: 1, stochasticMaxKw: 9 })]
  const outcome = solveRegion(balance({ safety: 0, generators: storm, consumers }))
  expect(outcome).toMatchObject({ expect: { actions: [], after: { curtailStochasticKw: 1, spillKw: 3 } } })
})

function match(given: object) {
  return { kind: 'match', given: { generators: [generator], consumers: [], ...given } }
}

function balance(given: object) {
  return { kind: 'balance', given: { generators: [], storages: [], consumers: [], ...given } }
}

function consumer(changes: object) {
  return { id: 'c', class: 1, stochasticKw: 0, deferrableKw: 1, drKw: 0, ...changes }
}
