import { writeFileSync } from 'node:fs'
import { formatScl } from '@gridloom/scheduler'

/** Writes the SCL file that the scheduler's guide and tests read: `node scripts/example-scl.ts`. */
const reserve = {
  ActPow: { values: [0], minutes: 60 },
  MaxPow: { values: [5000], minutes: 60 },
  OnOff: { values: [true], minutes: 60 },
}
const devices = ['battery', 'charger'].map((name) => ({ name, reserve }))
const file = new URL('../packages/scheduler/examples/battery-and-charger.cid', import.meta.url)
writeFileSync(file, formatScl({ ied: 'Gridloom', address: '127.0.0.1', devices }))
