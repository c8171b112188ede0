import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { XMLValidator } from 'fast-xml-parser'
import { expect, it, onTestFinished, vi } from 'vitest'
import { feederDay } from './feeder-day.ts'

const small = ['--ders', '50', '--step', '30m']

it('prints both days and how much the spread shrinks as one JSON value', () => {
  const outcome = JSON.parse(printed([...small, '--json']))
  expect(outcome).toMatchObject({ feeder: 'ieee123', ders: 50, seed: 1, stepSeconds: 1800, regulators: 'held' })
  expect(outcome.runs).toMatchObject([
    { voltVar: false, steps: expect.objectContaining({ length: 48 }) },
    { voltVar: true, cpuSeconds: expect.any(Number), ratio: expect.any(Number) },
  ])
  expect(outcome.shrinkage.mean).toBeGreaterThan(0.03)
})

it('prints a table of one day, and no comparison', () => {
  const text = printed([...small, '--feeder', 'ieee13', '--volt-var', 'on'])
  expect(text).toContain('A day of ieee13 with 50 DER, steps of 1800 s, seed 1')
  expect(text).toContain('volt-var on')
  expect(text).not.toMatch(/volt-var off|smaller/)
})

it('draws the day as an SVG with a legend for each run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'day-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'day.svg')
  expect(printed([...small, '--svg', file])).toMatch(/With volt-var the mean spread is \d+\.\d % smaller/)
  const svg = readFileSync(file, 'utf8')
  expect(XMLValidator.validate(svg)).toBe(true)
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  for (const name of ['volt-var off', 'volt-var on', '0.95 and 1.05 pu', '24:00']) expect(svg).toContain(name)
})

it.each([
  [['--feeder', 'ieee14'], '--feeder "ieee14" is none of ieee13, ieee34, ieee123'],
  [['--ders', '0'], '--ders "0" is not a whole number from 1 to 100000'],
  [['--seed', 'x'], '--seed "x" is not a whole number from 0 to 4294967295'],
  [['--step', '7s'], '--step "7s" is not from 1s to 1h, or does not divide a day'],
  [['--step', '2h'], '--step "2h" is not from 1s to 1h, or does not divide a day'],
  [['--volt-var', 'yes'], '--volt-var "yes" is none of on, off, both'],
  [['--regulators', 'free'], '--regulators "free" is none of held, tapping'],
  [['ieee13'], 'feeder day takes no argument, found "ieee13"'],
])('refuses %j', (argv, message) => {
  expect(() => feederDay(argv)).toThrow(message)
})

function printed(argv: readonly string[]): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  onTestFinished(() => write.mockRestore())
  expect(feederDay(argv)).toBe(0)
  return write.mock.calls.map(([text]) => String(text)).join('')
}
