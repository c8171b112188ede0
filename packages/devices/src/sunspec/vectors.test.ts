import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inverters } from './models/legacy.ts'
import { decodeRegisters, registerWrites, type RegisterWrite, type WriteTask } from './vector.ts'
import { has, viewOf } from './view.ts'

type Case = Readonly<{ given: WriteTask; expect: readonly RegisterWrite[] }>

const { cases } = read<{ cases: readonly Case[] }>('s12-sunspec-writes.json')

it.each(cases.map((one) => [JSON.stringify(one.given), one] as const))(
  'writes %s',
  (_, { given, expect: expected }) => {
    expect(registerWrites(given)).toEqual(expected)
  },
)

it('rounds a set point half away from zero, and a limit down', () => {
  const set = (setW: number) => registerWrites({ kind: '704.ActPow', setW, WSet_SF: 1, revertS: null })[1]?.words
  expect([set(25), set(-25)]).toEqual([
    [0, 3],
    [65_535, 65_533],
  ])
  const limit = { kind: '123.MaxPow', limitW: 1999, WMax: 2000, WMaxLimPct_SF: 0, revertS: null }
  expect(registerWrites(limit)[0]?.words).toEqual([99])
  const { limitW: setW, ...photovoltaics } = limit
  expect(registerWrites({ ...photovoltaics, kind: '123.ActPow', setW })).toEqual(registerWrites(limit))
})

it('reads a model 103, with null for what is not implemented', () => {
  const { given, expect: expected } = read<{
    given: { registers: number[] }
    expect: Record<string, number | null>
  }>('s13-sunspec-decode-103.json')
  expect(decodeRegisters(given.registers)).toMatchObject(expected)
  const model = inverters.find(({ id }) => id === given.registers[0])
  expect(model && has(viewOf(model, given.registers, 0), 'VA')).toBe(false)
})

it('says what it does not know', () => {
  expect(() => registerWrites({ kind: '705.Curve' })).toThrow('705.Curve')
  expect(() => registerWrites({ kind: '704.ActPow', setW: 'many' })).toThrow('setW')
  expect(() => decodeRegisters([64_000, 2, 0, 0])).toThrow('64000')
})

function read<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../../../../test/vectors/scheduling/${file}`, import.meta.url), 'utf8')) as T
}
