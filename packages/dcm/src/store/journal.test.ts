import type { Lfdi } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import type { Owed } from '../domain/owed.ts'
import { forgetSettled, journalOf, openJournals } from './journal.ts'

it('recalls the last document of a name, for each DCM its own', async () => {
  await using database = openJournals('sqlite::memory:')
  await one(database).remember({ documents: { schedule: { draws: [1] } } })
  await one(database).remember({ documents: { schedule: { draws: [2] } } })
  expect(one(database).recall('schedule')).toEqual({ draws: [2] })
  expect(other(database).recall('schedule')).toBeUndefined()
})

it('owes a response once, whether or not it was sent meanwhile', async () => {
  await using database = openJournals('sqlite::memory:')
  const journal = one(database)
  await journal.remember({ owed: [owed(1), owed(1)] })
  const [letter] = journal.unsent()
  await journal.settle(letter?.id ?? 0)
  await journal.remember({ owed: [owed(1)] })
  expect(journal.unsent()).toEqual([])
})

it('keeps the order in which responses came about, and their own time', async () => {
  await using database = openJournals('sqlite::memory:')
  await one(database).remember({ owed: [owed(1), owed(2)] })
  await one(database).remember({ owed: [{ ...owed(2), at: 999 }, owed(3)] })
  expect(one(database).unsent()).toMatchObject([{ status: 1 }, { status: 2, at: 100 }, { status: 3 }])
})

it('forgets what is settled and over', async () => {
  await using database = openJournals('sqlite::memory:')
  const journal = one(database)
  await journal.remember({ owed: [owed(1), owed(2)] })
  await journal.settle(journal.unsent()[0]?.id ?? 0)
  await forgetSettled(database, 10_000)
  await journal.remember({ owed: [owed(1)] })
  expect(
    journal
      .unsent()
      .map(({ status }) => status)
      .toSorted(),
  ).toEqual([1, 2])
})

const one = (database: ReturnType<typeof openJournals>) => journalOf(database, '1'.repeat(40) as Lfdi)
const other = (database: ReturnType<typeof openJournals>) => journalOf(database, '2'.repeat(40) as Lfdi)

function owed(status: number): Owed {
  return { kind: 'DERControl', subject: 'AA', status, at: 100, replyTo: '/rsp', until: 5000 }
}
