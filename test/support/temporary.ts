import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string | undefined

/** Gives a run of the tests one temporary folder for all that they write. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), 'gridloom-tests-'))
  process.env['TMPDIR'] = folder
}

/** What the tests left is gone with it. */
export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
