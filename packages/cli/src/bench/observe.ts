import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { median } from './by-turns.ts'
import { openDtm } from './dtm-scene.ts'
import type { BenchFigure } from './figure.ts'
import { drawScene, openScene, type Scene } from './gsp-scene.ts'
import { openLine, type Line } from './load.ts'

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
  await paced(lines, 0.5)
  const before = await processorSeconds()
  const start = performance.now()
  await paced(lines, roundSeconds)
  return ((await processorSeconds()) - before) / ((performance.now() - start) / 1000)
}

async function paced(lines: readonly Line[], seconds: number): Promise<void> {
  const start = performance.now()
  const running: Promise<number>[] = []
  const free = [...lines]
  let sent = 0
  for (let elapsed = 0; elapsed < seconds; elapsed = (performance.now() - start) / 1000) {
    for (let line = next(); line; line = next()) running.push(once(line, free))
    await wait(5)
  }
  await Promise.all(running)

  function next(): Line | undefined {
    const due = ((performance.now() - start) / 1000) * perSecond
    if (sent >= due) return undefined
    sent += 1
    return free.shift()
  }
}

async function once(line: Line, free: Line[]): Promise<number> {
  const count = await line.run(0)
  free.push(line)
  return count
}
