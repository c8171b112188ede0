import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Device, pageOf, type FleetEvent } from '@gridloom/contracts'
import { readCredentials } from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { createAdmin } from './admin.ts'
import { startLocalGrid, type LocalGrid } from './local-grid.ts'

const slow = { timeout: 40_000 }

it('stops the actors that have started when another one does not', { timeout: 60_000 }, async () => {
  const scene = sceneWith("if (process.argv[2] === 'teua') process.exit(3)")
  await expect(scene.start()).rejects.toThrow('teua ended with code 3 before it was ready')
  expect(scene.started().length).toBeGreaterThanOrEqual(7)
  expect(scene.started().filter(isAlive)).toEqual([])
})

it('starts an actor again that was killed, and goes on with what it had', { timeout: 90_000 }, async () => {
  const scene = sceneWith('')
  await using grid = await scene.start()
  const { certs, actors } = grid.ready
  const admin = actors.find(({ actor }) => actor === 'gsp')?.admin ?? ''
  await using operator = createAdmin(admin, readCredentials({ ...certs.operator, ca: certs.ca }))
  const devices = () =>
    operator.get('/devices', pageOf(Device)).then(
      ({ all }) => all,
      () => undefined,
    )
  const heard = listen(grid)
  expect(await devices()).toBe(2)

  const before = scene.started().length
  for (const actor of ['gsp', 'dcm']) process.kill(scene.pidOf(actor), 'SIGKILL')
  await expect.poll(() => scene.started().length, slow).toBe(before + 2)
  await expect.poll(devices, slow).toBe(2)
  heard.length = 0
  await expect.poll(() => heard.some(({ event }) => event === 'device'), slow).toBe(true)
})

it('gives up an actor that does not start again', { timeout: 60_000 }, async () => {
  const scene = sceneWith("if (process.argv[2] === 'derms' && existsSync('derms.db')) process.exit(5)")
  await using grid = await scene.start()
  process.kill(scene.pidOf('derms'), 'SIGKILL')
  expect(await grid.failed).toBe('derms ended with code 1')
})

/** A grid of two devices, whose actors leave their process number behind and begin with a line of the test. */
function sceneWith(first: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const gridloom = join(folder, 'gridloom.mjs')
  const main = new URL('../../cli/src/main.ts', import.meta.url)
  writeFileSync(
    gridloom,
    `import { appendFileSync, existsSync } from 'node:fs'
    ${first}
    appendFileSync(${JSON.stringify(folder)} + '/' + process.argv[2] + '.pids', process.pid + '\\n')
    await import(${JSON.stringify(main.href)})`,
  )
  const pidsIn = (file: string): number[] => readFileSync(join(folder, file), 'utf8').trim().split('\n').map(Number)
  return {
    start: () =>
      startLocalGrid({
        ders: 2,
        regions: 1,
        seed: 1,
        speed: 1,
        surroundings: { feeder: 'none' },
        data: join(folder, 'grid'),
        gridloom,
        progress: () => undefined,
      }),
    started: () => readdirSync(folder).flatMap((name) => (name.endsWith('.pids') ? pidsIn(name) : [])),
    pidOf: (actor: string) => pidsIn(`${actor}.pids`).at(-1) ?? 0,
  }
}

function listen({ feeds }: LocalGrid): FleetEvent[] {
  const heard: FleetEvent[] = []
  for (const feed of feeds)
    void (async () => {
      for await (const event of feed) heard.push(event)
    })()
  return heard
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
