import { createLogger, createRandom, systemClock } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import { expect, it, onTestFinished } from 'vitest'
import type { Owed } from '../domain/owed.ts'
import { journalOf, openJournals } from '../store/journal.ts'
import { scriptedServer, type Script } from '../testing/scripted-server.ts'
import { createRespond } from './respond.ts'

it('sends the responses of an event in their order, and each once', async () => {
  const { sent, settled } = await responding([owed('AA', 1), owed('BB', 1), owed('AA', 2)], () => ({ status: 201 }))
  await settled
  expect(sent()).toEqual(['AA 1', 'BB 1', 'AA 2'])
})

it('holds the later responses of an event back until the earlier one is taken', async () => {
  const busyOnce: Script = ({ url, time }) =>
    url === '/rsp/AA' && time === 0 ? { status: 503, headers: { 'retry-after': '0' } } : { status: 201 }
  const { sent, settled } = await responding([owed('AA', 1), owed('AA', 2), owed('BB', 1)], busyOnce)
  await settled
  expect(sent()).toEqual(['AA 1', 'BB 1', 'AA 1', 'AA 2'])
})

it('gives up what the server will never take, and goes on', async () => {
  const { sent, settled } = await responding([owed('AA', 1), owed('AA', 2)], ({ time }) => ({
    status: time === 0 ? 400 : 201,
  }))
  await settled
  expect(sent()).toEqual(['AA 1', 'AA 2'])
})

it('bothers nobody with what is long over', async () => {
  const { sent, settled } = await responding([{ ...owed('AA', 1), until: 999 }, owed('BB', 1)], () => ({ status: 201 }))
  await settled
  expect(sent()).toEqual(['BB 1'])
})

it('keeps the time at which it happened', async () => {
  const { bodies, settled } = await responding([owed('AA', 1)], () => ({ status: 201 }))
  await settled
  expect(bodies()[0]).toContain('<createdDateTime>900</createdDateTime>')
})

async function responding(letters: readonly Owed[], script: Script) {
  const lfdi = 'A'.repeat(40) as Lfdi
  const database = openJournals('sqlite::memory:')
  const journal = journalOf(database, lfdi)
  await journal.remember({ owed: letters })
  const { session, requests } = await scriptedServer(script)
  const ending = new AbortController()
  const respond = createRespond({
    session,
    journal,
    lfdi,
    clock: systemClock,
    random: createRandom('respond'),
    log: createLogger('dcm', 'silent'),
    serverNow: () => 1000,
    isTrusted: () => true,
    accepted: () => undefined,
  })
  const running = respond.run(ending.signal).catch(() => undefined)
  onTestFinished(async () => {
    ending.abort()
    await running
    await database[Symbol.asyncDispose]()
  })
  const bodies = () => requests.map(({ body }) => body)
  return { bodies, sent: () => bodies().map(said), settled: untilEmpty(() => journal.unsent().length) }
}

async function untilEmpty(count: () => number): Promise<void> {
  while (count() > 0) await systemClock.sleep(0.01)
}

function said(body: string): string {
  const [, status] = /<status>(\d+)</.exec(body) ?? []
  const [, subject] = /<subject>(\w+)</.exec(body) ?? []
  return `${subject} ${status}`
}

function owed(subject: string, status: number): Owed {
  return { kind: 'DERControl', subject, status, at: 900, replyTo: `/rsp/${subject}`, until: 5000 }
}
