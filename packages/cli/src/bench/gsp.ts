import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './by-turns.ts'
import { startChild } from './child.ts'
import type { BenchFigure } from './figure.ts'
import { drawScene, openScene, type Scene, type SceneDevice } from './gsp-scene.ts'
import { openLine, requestsPerSecond, type Line } from './load.ts'

const connections = 50
const rounds = 7
const roundSeconds = 0.7
const warmSeconds = 2

/** The GSP against a bare Node HTTPS server, each in its own process, by turns: 50 devices with a connection each. */
export async function benchGsp(): Promise<BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-bench-'))
  try {
    await using scene = await openScene(folder, drawScene(connections))
    const answer = join(folder, 'answer.xml')
    writeFileSync(answer, scene.controlList)
    await using bare = await startChild([join(import.meta.dirname, 'bare-server.ts'), scene.serverFolder, answer])
    const port = Number(new URL(bare.ready.url).port)
    return [
      await compare(scene, port, {
        metric: 'get',
        reference: 'bare node HTTPS server, same bytes',
        next: ({ get }) => get,
      }),
      await compare(scene, port, { metric: 'post', reference: 'bare node HTTPS sink', next: ({ post }) => post }),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Comparison = Readonly<{ metric: string; reference: string; next: (device: SceneDevice) => () => Buffer }>

async function compare(scene: Scene, barePort: number, { metric, reference, next }: Comparison): Promise<BenchFigure> {
  await using stack = new AsyncDisposableStack()
  const open = async (port: number): Promise<readonly Line[]> => {
    const lines = scene.devices.map((device) => openLine({ port, credentials: device.credentials, next: next(device) }))
    return (await Promise.all(lines)).map((line) => stack.use(line))
  }
  const ours = await open(scene.port)
  const bare = await open(barePort)
  await requestsPerSecond(ours, warmSeconds)
  await requestsPerSecond(bare, warmSeconds)

  const values: number[] = []
  const references: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    values.push(await requestsPerSecond(ours, roundSeconds))
    references.push(await requestsPerSecond(bare, roundSeconds))
  }
  const value = median(values)
  const referenceValue = median(references)
  const unit = 'requests/s'
  return { bench: 'gsp', metric, value, unit, reference, referenceValue, ratio: value / referenceValue }
}
