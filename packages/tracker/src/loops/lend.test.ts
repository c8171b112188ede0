import type { TakeoverAnswer, TakeoverAsk } from '@gridloom/contracts'
import { ClientError, createLogger } from '@gridloom/kit'
import { expect, it } from 'vitest'
import { engine, house, liveRegion } from '../testing/live-region.ts'
import { lendAmong, type Neighbour } from './lend.ts'

it('does not feed whom a neighbour may have taken in before its lease could be over, and asks others first then', async () => {
  const { join, round, pass, lend } = poor()
  join(house('h', 10))
  await lend(round().wanting, [neighbour(1, () => failure('timeout')), neighbour(2, taken)])
  join(engine('e', 50))
  pass(19)
  expect(round().decision.trees.flatMap(({ consumers }) => consumers)).toEqual([])
  pass(1)
  expect(round().decision.books.servedKw).toBe(10)
})

it('goes on to the next neighbour when the first is not there, and to the silent one last', async () => {
  const { region, join, round, pass, lend } = poor()
  join(house('h', 10))
  const asked: number[] = []
  const noted = (number: number, answer: Neighbour['takeover']) =>
    neighbour(number, (ask, signal) => {
      asked.push(number)
      return answer(ask, signal)
    })
  const [gone, none, host] = [
    noted(1, () => failure('refused')),
    noted(2, async () => ({ until: 0, accepted: [] })),
    noted(3, taken),
  ]
  await lend(round().wanting, [gone, none])
  expect(round().wanting.map(({ id }) => id)).toEqual(['h'])
  await lend(round().wanting, [gone, host])
  expect(asked).toEqual([1, 2, 3])
  expect(region.lending.lentTo(3, 1000)).toEqual(['h'])
  pass(2)
  expect(round().wanting).toEqual([])
})

it('leaves nobody in two regions while an answer is under way', async () => {
  const { join, round, lend } = poor()
  join(house('h', 10))
  const later = Promise.withResolvers<TakeoverAnswer>()
  const lent = lend(round().wanting, [neighbour(1, () => later.promise)])
  join(engine('e', 50))
  expect(round().decision.books.servedKw).toBe(0)
  later.resolve({ until: 1020, accepted: [] })
  await lent
  expect(round().decision.books.servedKw).toBe(10)
})

function poor() {
  const live = liveRegion()
  const log = createLogger('tracker', 'silent')
  return {
    ...live,
    lend: (wanting: Parameters<typeof lendAmong>[0]['wanting'], neighbours: readonly Neighbour[]) =>
      lendAmong({ region: live.region, neighbours, wanting, leaseSeconds: 20, log }, new AbortController().signal),
  }
}

function neighbour(region: number, takeover: Neighbour['takeover']): Neighbour {
  return { region, takeover }
}

async function taken({ consumers }: TakeoverAsk): Promise<TakeoverAnswer> {
  return { until: 1020, accepted: consumers.map(({ id }) => ({ id })) }
}

function failure(code: 'timeout' | 'refused'): Promise<never> {
  return Promise.reject(new ClientError(code, 'no answer'))
}
