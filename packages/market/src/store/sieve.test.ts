import { expect, it } from 'vitest'
import { createSieve } from './sieve.ts'

it('lets through all that it has, and few others', () => {
  const sieve = createSieve()
  const ids = (prefix: string) => Array.from({ length: 50_000 }, (_, index) => `${prefix} P${index % 100} t${index}`)
  for (const id of ids('t')) sieve.add(id)
  expect(ids('t').every(sieve.mayHave)).toBe(true)
  expect(ids('r').filter(sieve.mayHave).length).toBeLessThan(50)
})

it('is empty at first', () => {
  expect(createSieve().mayHave('r P1 1')).toBe(false)
})
