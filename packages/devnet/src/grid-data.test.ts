import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { claimFolder } from './grid-data.ts'

it('takes over what an earlier grid left', () => {
  const folder = temporaryFolder()
  claimFolder(folder)[Symbol.dispose]()
  writeFileSync(join(folder, 'gsp.db'), 'old')
  using _claim = claimFolder(folder)
  expect(readdirSync(folder)).toEqual(['grid.pid'])
})

it('leaves a folder alone that no grid made', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'thesis.tex'), 'years of work')
  expect(() => claimFolder(folder)).toThrow('no grid made it')
  expect(readdirSync(folder)).toEqual(['thesis.tex'])
})

it('refuses a folder whose grid is running', () => {
  const folder = temporaryFolder()
  using _claim = claimFolder(folder)
  expect(() => claimFolder(folder)).toThrow('a grid is running')
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
