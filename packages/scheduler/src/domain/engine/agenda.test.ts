import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createAgenda } from './agenda.ts'

it('gives back what is due in the order of time, whatever was set, moved or dropped', () => {
  const step = fc.record({ name: fc.nat(20), at: fc.nat(100), isDropped: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat(100), (changes, now) => {
      const agenda = createAgenda<object>()
      const items = Array.from({ length: 21 }, (_, name) => ({ name }))
      const expected = new Map<object, number>()
      for (const { name, at, isDropped } of changes) {
        const item = items[name] ?? {}
        if (isDropped) agenda.drop(item)
        else agenda.set(item, at)
        if (isDropped) expected.delete(item)
        else expected.set(item, at)
      }
      const taken: number[] = []
      for (let item = agenda.takeDue(now); item; item = agenda.takeDue(now)) taken.push(expected.get(item) ?? -1)
      const due = [...expected.values()].filter((at) => at <= now)
      expect(taken).toEqual(due.toSorted((a, b) => a - b))
      expect(agenda.nextAt()).toBe(Math.min(Infinity, ...[...expected.values()].filter((at) => at > now)))
    }),
  )
})
