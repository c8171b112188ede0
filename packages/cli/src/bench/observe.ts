import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './by-turns.ts'
import { openDtm } from './dtm-scene.ts'
import type { BenchFigure } from './figure.ts'
import { drawScene, openScene, type Scene } from './gsp-scene.ts'
import { openLine, paced, type Line } from './load.ts'

const connections = 50
const perSecond = 1000
const rounds = 5
const roundSeconds = 2
const share = 0.1

/** What the observer costs the GSP: processor time of two GSPs, one that reports and one that does not, by turns at the same pace. */
export async function benchObserve(): Promise<readonly BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-bench-'))
  try {
    const drawn = drawScene(connections)
    await using dtm = await openDtm({ folder, ...drawn, reporters: drawn.devices })
    const dtmConfig = { url: dtm.url, name: false, lfdi: dtm.lfdi, queue: `sqlite:${join(folder, 'queue.db')}` }
    await using reporting = await openScene(join(folder, 'a'), { ...drawn, config: { dtm: dtmConfig } })
    await using silent = await openScene(join(folder, 'b'), drawn)
    await using ours = await openLines(reporting)
    await using theirs = await openLines(silent)

    const cores: number[] = []
    const references: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      cores.push(await coresUsed(reporting, ours.lines))
      references.push(await coresUsed(silent, theirs.lines))
    }
    return figuresOf(median(cores), median(references))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function figuresOf(cores: number, withoutCores: number): readonly BenchFigure[] {
  const observed = Math.max(cores - withoutCores, 1e-6) / perSecond
  const figure = (metric: string, names: Pick<BenchFigure, 'unit' | 'reference' | 'value' | 'referenceValue'>) => ({
    bench: 'observe',
    metric,
    ...names,
    ratio: names.value / names.referenceValue,
  })
  return [
    figure('gsp', {
      value: perSecond / cores,
      unit: 'requests/s per core',
      reference: 'the same GSP without an observer',
      referenceValue: perSecond / withoutCores,
    }),
    figure('budget', {
      value: share / observed,
      unit: 'requests/s observed in 10 % of a core',
      reference: 'the wanted pace',
      referenceValue: perSecond,
    }),
  ]
}

type Lines = AsyncDisposable & Readonly<{ lines: readonly Line[] }>

async function openLines({ port, devices }: Scene): Promise<Lines> {
  await using stack = new AsyncDisposableStack()
  const opened = await Promise.all(devices.map(({ credentials, get }) => openLine({ port, credentials, next: get })))
  const lines = opened.map((line) => stack.use(line))
  const owned = stack.move()
  return { lines, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Sends requests at the pace, over all lines in turn, and gives the processor time that the server spent on it per second. */
async function coresUsed({ processorSeconds }: Scene, lines: readonly Line[]): Promise<number> {
  await paced(lines, { perSecond, seconds: 0.5 })
  const before = await processorSeconds()
  const start = performance.now()
  await paced(lines, { perSecond, seconds: roundSeconds })
  return ((await processorSeconds()) - before) / ((performance.now() - start) / 1000)
}
