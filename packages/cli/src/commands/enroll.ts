import { dirname, join } from 'node:path'
import { GridPlan, provision } from '@gridloom/devnet'
import { parse, type Command } from '../command.ts'
import { openGrid } from '../grid.ts'
import { readJson } from '../io.ts'

export const enroll: Command = {
  summary: 'register the devices of a prepared grid with its GSP',
  usage: 'gridloom enroll [--grid FILE]\n    what is registered already stays as it is',
  run: async (argv) => {
    const { values } = parse(argv, { grid: { type: 'string', default: '.gridloom/grid.json' } })
    const grid = openGrid(values.grid)
    await provision(grid, GridPlan.parse(readJson(join(dirname(values.grid), 'plan.json'))))
    process.stdout.write(`${grid.certs.devices.length} devices are registered\n`)
    return 0
  },
}
