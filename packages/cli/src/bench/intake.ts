import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { observationBatch } from '@gridloom/contracts'
import { median } from './by-turns.ts'
import { startChild } from './child.ts'
import { openDtm, reporting } from './dtm-scene.ts'
import type { BenchFigure } from './figure.ts'
import { drawScene } from './gsp-scene.ts'
import { openLine, requestsPerSecond, type Line } from './load.ts'

const reporterCount = 8
const rounds = 7
const roundSeconds = 1

/** The DTM's intake, which has each batch on the disk before it answers, against a bare Node HTTPS sink of the same batches. */
export async function benchIntake(): Promise<BenchFigure> {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-bench-'))
  try {
    const { pki, gsp, devices: reporters } = drawScene(reporterCount)
    await using dtm = await openDtm({ folder, pki, gsp, reporters })
    writeFileSync(join(folder, 'answer'), '')
    await using bare = await startChild([
      join(import.meta.dirname, 'bare-server.ts'),
      dtm.folder,
      join(folder, 'answer'),
    ])

    await using stack = new AsyncDisposableStack()
    const open = async (url: string): Promise<readonly Line[]> => {
      const port = Number(new URL(url).port)
      const lines = reporters.map((credentials) => openLine({ port, credentials, next: reporting(credentials, gsp) }))
      return (await Promise.all(lines)).map((line) => stack.use(line))
    }
    const [ours, theirs] = [await open(dtm.url), await open(bare.ready.url)]
    const values: number[] = []
    const references: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      values.push((await requestsPerSecond(ours, roundSeconds)) * observationBatch)
      references.push((await requestsPerSecond(theirs, roundSeconds)) * observationBatch)
    }
    const [value, referenceValue] = [median(values), median(references)]
    return {
      bench: 'trust',
      metric: 'intake',
      value,
      unit: 'observations/s',
      reference: 'bare node HTTPS sink, same batches',
      referenceValue,
      ratio: value / referenceValue,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
