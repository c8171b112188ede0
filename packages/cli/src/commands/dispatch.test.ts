import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DispatchFile } from '@gridloom/derms'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const page = readFileSync(new URL('../../../../docs/reference/dispatch.md', import.meta.url), 'utf8')

it('prints for the example of the page what the page prints', async () => {
  const { stdout, code } = await solve(fenced('json'))
  expect([code, stdout]).toEqual([0, fenced('text')])
})

it('finds an optimum for it that is no dearer and fits the request', async () => {
  const { stdout } = await solve(fenced('json'), '--exact', '--json')
  const { method, status, gap, setpoints } = JSON.parse(stdout)
  expect({ method, status, gap }).toEqual({ method: 'exact', status: 'met', gap: expect.closeTo(0, 6) })
  expect(setpoints.map(({ id }: { id: string }) => id)).toEqual(['heater', 'battery', 'charger'])
})

it('says with exit code 1 what is missed and where a file is wrong', async () => {
  const example = JSON.parse(fenced('json'))
  const request = { kind: 'limit', importLimitW: 4000 }
  const short = await solve(JSON.stringify({ ...example, request, fleet: [] }))
  expect(short).toMatchObject({ code: 1, stdout: expect.stringContaining('short: cost 0.0000, missed 0.500 kWh') })
  const wrong = await solve(JSON.stringify({ ...example, horizon: { stepSeconds: 3600, steps: 2 } }))
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('3 values for 2 steps') })
})

it('answers fast, and says so, where HiGHS has no time', async () => {
  const { stdout, code } = await solve(fenced('json'), '--exact', '--seconds', '1e-9')
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('(fill)\nHiGHS: no optimum within 1e-9 s\n'),
  })
  expect(await solve(fenced('json'), '--seconds', '5')).toMatchObject({ code: 2, stdout: '' })
  expect(await solve(fenced('json'), '--exact', '--seconds', 'soon')).toMatchObject({ code: 2, stdout: '' })
})

it('has every key of the form on the page', () => {
  const missing = keysOf(z.toJSONSchema(DispatchFile, { io: 'input' })).filter((key) => !page.includes(key))
  expect(missing).toEqual([])
})

function fenced(language: string): string {
  return page.match(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``))?.[1] ?? ''
}

/** The names of all properties in a JSON Schema. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value) : []),
    ...keysOf(value),
  ])
}

function solve(text: string, ...options: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-dispatch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'request.json')
  writeFileSync(file, text)
  const argv = ['--disable-warning=ExperimentalWarning', main, 'dispatch', 'solve', file, ...options]
  return new Promise<{ stdout: string; stderr: string; code: number }>((resolve) => {
    execFile(process.execPath, argv, (error, stdout, stderr) => {
      resolve({ stdout, stderr, code: error ? Number(error.code) : 0 })
    })
  })
}
