import { resolve } from 'node:path'
import type { GridSurroundings } from '@gridloom/devnet'
import { UsageError } from './command.ts'
import { numberIn } from './number-in.ts'

const feeders = ['none', 'ieee13', 'ieee34', 'ieee123']

/** The grid around the devices as options name it; a file of events is read before anything starts. */
export async function surroundingsIn(
  { feeder, events }: Readonly<{ feeder: string; events?: string | undefined }>,
  seed: number,
): Promise<GridSurroundings> {
  const isNamed = feeders.includes(feeder)
  if (!isNamed && !/^\d+$/.test(feeder)) {
    throw new UsageError(`--feeder "${feeder}" is none of ${feeders.join(', ')}, and no number of nodes`)
  }
  const chosen = isNamed ? feeder : { nodes: numberIn('feeder', feeder, 3, 100_000), seed }
  if (events === undefined) return { feeder: chosen }
  const file = resolve(events)
  const { Config } = await import('@gridloom/environment')
  const { error } = Config.safeParse({ certs: '', feeder: chosen, events: file })
  if (error) throw new UsageError(`--events: ${error.issues.map(({ message }) => message).join('\n')}`)
  return { feeder: chosen, events: file }
}
