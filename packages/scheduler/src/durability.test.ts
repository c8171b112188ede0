import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { createClient } from '@gridloom/kit'
import { expect, it, onTestFinished } from 'vitest'
import { operator, testConfig } from './testing/test-scheduler.ts'

const devices = Array.from({ length: 4 }, (_, index) => ({ name: `d${index}`, reserve: {} }))
const path = (device: number, slot: number): string => `/scheduling/devices/d${device}/ActPow/schedules/${slot}`

it('has every accepted change after kill -9 at random moments, and what ran goes on', { timeout: 60_000 }, async () => {
  const { certs, scl, store, listen, operators } = testConfig({ devices })
  const config = `${certs}.yaml`
  const names = devices.map(({ name }) => ({ name }))
  writeFileSync(config, JSON.stringify({ certs, scl, store, listen, operators, devices: names, logLevel: 'error' }))
  const accepted = new Map<string, number>()
  const start = Math.floor(Date.now() / 1000) - 100

  const first = await startService(config)
  await put(first.url, path(0, 3), { prio: 50, intervalS: 60, values: [1, 2, 3], startTimes: [start + 60] }, 'enable')
  let prio = 20
  for (let round = 0; round < 3; round += 1) {
    const service = round === 0 ? first : await startService(config)
    const stop = new AbortController()
    const writers = devices.map(async (_, device) => {
      while (!stop.signal.aborted) {
        const wanted = (prio += 1)
        const isDone = await put(service.url, path(device, 1), { prio: wanted, intervalS: 1, values: [wanted] })
        if (isDone) accepted.set(path(device, 1), wanted)
      }
    })
    await wait(300 + Math.random() * 300)
    service.child.kill('SIGKILL')
    await once(service.child, 'exit')
    stop.abort()
    await Promise.all(writers)
  }

  const { url, child } = await startService(config)
  await using client = createClient({ origin: url, certs: operator })
  const read = async (from: string) => JSON.parse((await client.get(from)).body.toString())
  expect(accepted.size).toBe(devices.length)
  // the last one on its way may have been kept without an answer
  for (const [where, wanted] of accepted) expect((await read(where)).prio).toBeGreaterThanOrEqual(wanted)
  const running = await read(path(0, 3))
  const entry = Math.floor((Date.now() / 1000 - start - 60) / 60) + 1
  expect(running).toMatchObject({ state: 4, actStrTm: start + 60 })
  expect(Math.abs(running.schdEntr - entry)).toBeLessThanOrEqual(1)
  child.kill('SIGTERM')
  await once(child, 'exit')
})

/** False when the service died meanwhile. */
async function put(origin: string, where: string, parameters: object, then?: 'enable'): Promise<boolean> {
  await using client = createClient({ origin, certs: operator, mediaType: 'application/json' })
  try {
    const { status } = await client.put(where, JSON.stringify(parameters))
    if (status !== 200) return false
    return then === undefined || (await client.post(`${where}/${then}`, '')).status === 200
  } catch {
    return false
  }
}

type Service = Readonly<{ url: string; child: ChildProcess }>

async function startService(config: string): Promise<Service> {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) {
    return { url: (JSON.parse(line) as { url: string }).url, child }
  }
  throw new Error('the service ended before it was ready')
}
