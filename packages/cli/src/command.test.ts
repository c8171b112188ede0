import { expect, it } from 'vitest'
import { parse } from './command.ts'

const options = { values: { type: 'string' }, for: { type: 'string' }, json: { type: 'boolean' } } as const

it('takes negative quantities for what they are, beside options and as their values', () => {
  const { values, positionals } = parse(['battery', 'ActPow', '-2kW', '--for', '5m', '--json'], options)
  expect({ ...values }).toEqual({ for: '5m', json: true })
  expect(positionals).toEqual(['battery', 'ActPow', '-2kW'])
  expect(parse(['--values', '-2kW,1kW'], options).values.values).toBe('-2kW,1kW')
  expect(parse(['--json', '-.5', '--', '--for'], options).positionals).toEqual(['-.5', '--for'])
})

it('says what it does not know', () => {
  expect(() => parse(['--wrong'], options)).toThrow("Unknown option '--wrong'")
  expect(() => parse(['-j'], options)).toThrow("Unknown option '-j'")
})
