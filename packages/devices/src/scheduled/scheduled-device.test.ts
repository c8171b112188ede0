import type { ScheduledDevice } from '@gridloom/contracts'
import { createPki, createServer, issueAggregator, issueServer, writeCredentials } from '@gridloom/kit'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createScheduledDevice } from './scheduled-device.ts'

it('says what it is rated for once its scheduler has said so, and not what it is expected to be', async () => {
  const { url, certs, be } = await scheduler()
  const expected = { device: 'charger', expected: 'evse', maxW: 4370, timeoutSeconds: 5, now: () => 0 } as const
  const device = createScheduledDevice({ ...expected, url, certs })
  await expect(device.status()).rejects.toThrow('503')
  expect(device.capability.ratings.maxW).toBe(0)
  be(200)
  await expect(device.status()).rejects.toThrow('measured nothing')
  expect(device.capability.ratings.maxW).toBe(4560)
})

/** A scheduler of a few lines, which has not measured its charger yet. */
async function scheduler() {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-scheduled-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const pki = createPki()
  const certs = join(folder, 'dcm')
  writeCredentials(certs, issueAggregator(pki, { name: 'dcm' }))
  const app = createServer({ name: 'scheduler', certs: issueServer(pki, { name: 'scheduler' }), logLevel: 'silent' })
  onTestFinished(() => app.close())
  let status = 503
  const about = { name: 'charger', logicalDevice: 'CHARGER', kind: 'ev-charger', deviceKind: 'evse' } as const
  const limits = { exportW: null, importW: null }
  const state = { quantities: [], outputs: [], limits, reached: true, alarm: null, measured: null }
  const answer: ScheduledDevice = { ...about, ...state, ratings: { maxW: 4560, maxChargeW: 4560 } }
  app.get('/scheduling/devices/charger', async (_request, reply) => reply.code(status).send(answer))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, certs, be: (next: number) => void (status = next) }
}
