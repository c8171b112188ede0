import { writeFileSync } from 'node:fs'
import { formatScl } from '@gridloom/scheduler'

/** Writes the SCL file that the scheduler's guide and tests read: `node scripts/example-scl.ts`. */
const always = {
  MaxPow: { values: [5000], minutes: 60 },
  OnOff: { values: [true], minutes: 60 },
}
// a battery holds when nobody asks for anything; a charger does as the vehicle wants, up to its limit
const devices = [
  { name: 'battery', reserve: { ...always, ActPow: { values: [0], minutes: 60 } } },
  { name: 'charger', reserve: always },
]
const file = new URL('../packages/scheduler/examples/battery-and-charger.cid', import.meta.url)
writeFileSync(file, formatScl({ ied: 'Gridloom', address: '127.0.0.1', devices }))
