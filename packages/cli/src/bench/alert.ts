import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, issueDevice, type Credentials } from '@gridloom/kit'
import { openDtm, reporting, type DtmScene } from './dtm-scene.ts'
import type { BenchFigure } from './figure.ts'
import { drawScene } from './gsp-scene.ts'
import { openLine, paced } from './load.ts'

const reporterCount = 4
const impostorCount = 60
const batchesPerSecond = 20
const wantedSeconds = 0.2

/** How soon a critical finding has become an alert in the hands of the GSP, while 2,000 observations a second come in. */
export async function benchAlert(): Promise<BenchFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-bench-'))
  try {
    const { pki, gsp, devices } = drawScene(reporterCount)
    const impostors = Array.from({ length: impostorCount }, (_none, at) => issueDevice(pki, { serial: `i${at}` }))
    await using dtm = await openDtm({ folder, pki, gsp, reporters: [...devices, ...impostors] })
    await using stack = new AsyncDisposableStack()
    const port = Number(new URL(dtm.url).port)
    const opened = devices.map((credentials) => openLine({ port, credentials, next: reporting(credentials, gsp) }))
    const lines = (await Promise.all(opened)).map((line) => stack.use(line))
    await using alerts = await listen(dtm, gsp)

    const load = paced(lines, { perSecond: batchesPerSecond, seconds: impostorCount * 0.06 })
    const seconds: number[] = []
    for (const impostor of impostors) seconds.push(await timeToAlert(impostor, { dtm, alerts, accused: gsp }))
    await load
    const p95 = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length * 0.95)] ?? Number.NaN
    const [value, referenceValue] = [1 / p95, 1 / wantedSeconds]
    return {
      bench: 'trust',
      metric: 'alert',
      value,
      unit: 'critical findings told one after the other, at p95, /s',
      reference: 'the wanted 200 ms',
      referenceValue,
      ratio: value / referenceValue,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Alerts = AsyncDisposable & Readonly<{ about(lfdi: string): Promise<void> }>

/** Hears the stream of alerts. */
async function listen({ url }: DtmScene, { key, chain, anchors }: Credentials): Promise<Alerts> {
  const stream = request(`${url}/dtm/alerts/stream`, {
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    cert: chain.map(String).join(''),
    ca: anchors.map(String),
    checkServerIdentity: () => undefined,
  })
  stream.end()
  const [response] = await once(stream, 'response')
  let text = ''
  let heard = (): void => undefined
  response.on('data', (data: Buffer) => {
    text += String(data)
    heard()
  })
  return {
    about: (lfdi) =>
      new Promise((resolve) => {
        heard = () => text.includes(`"subject":"${lfdi}"`) && resolve()
        heard()
      }),
    [Symbol.asyncDispose]: async () => void stream.destroy(),
  }
}

type Scene = Readonly<{ dtm: DtmScene; alerts: Alerts; accused: Credentials }>

/** Lets a device report in the name of another, and waits for the alert. */
async function timeToAlert(impostor: Credentials, { dtm, alerts, accused }: Scene): Promise<number> {
  await using client = createClient({
    origin: dtm.url,
    certs: impostor,
    serverName: false,
    mediaType: 'application/json',
  })
  await client.get('/healthz')
  const end = { role: 'GSP', id: accused.lfdi }
  const said = { v: 1, seq: 1, reporter: accused.lfdi, observedAt: Date.now() / 1000, leg: 'GSP-DCM', kind: 'request' }
  const batch = [{ ...said, from: end, to: end, length: 0, sha256: '0'.repeat(64) }]
  const start = performance.now()
  await Promise.all([alerts.about(impostor.lfdi), client.post('/dtm/observations', JSON.stringify(batch))])
  return (performance.now() - start) / 1000
}
