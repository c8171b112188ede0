import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startLocalGrid } from './local-grid.ts'

it('stops the actors that have started when another one does not', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const gridloom = join(folder, 'gridloom.mjs')
  const main = new URL('../../cli/src/main.ts', import.meta.url)
  writeFileSync(
    gridloom,
    `import { writeFileSync } from 'node:fs'
    if (process.argv[2] === 'teua') process.exit(3)
    writeFileSync(${JSON.stringify(folder)} + '/' + process.pid + '.started', '')
    await import(${JSON.stringify(main.href)})`,
  )
  const starting = startLocalGrid({
    ders: 2,
    regions: 1,
    seed: 1,
    speed: 1,
    surroundings: { feeder: 'none' },
    data: join(folder, 'grid'),
    gridloom,
    progress: () => undefined,
  })
  await expect(starting).rejects.toThrow('teua ended with code 3 before it was ready')
  const started = readdirSync(folder).flatMap((name) => (name.endsWith('.started') ? [Number.parseInt(name, 10)] : []))
  expect(started.length).toBeGreaterThanOrEqual(7)
  expect(started.filter(isAlive)).toEqual([])
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
