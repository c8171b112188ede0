import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { feederDay } from '../packages/cli/src/feeder-day.ts'

// Draws the picture of docs/guides/voltage-day.md and prints the figures that stand there.
const folder = join(import.meta.dirname, '../docs/images')
mkdirSync(folder, { recursive: true })
process.exitCode = feederDay(['--svg', join(folder, 'voltage-day.svg')])
