import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { containerLayout, localLayout, planGrid, prepareGrid } from '@gridloom/devnet'
import { parse, type Command } from '../command.ts'
import { surroundingsIn } from '../grid-surroundings.ts'
import { numberIn } from '../number-in.ts'

export const prepare: Command = {
  summary: 'make the keys and configurations of a grid without starting it',
  usage: `gridloom prepare --data DIR [--ders N] [--regions R] [--seed S] [--feeder F] [--containers]
    writes keys, one configuration per actor and grid.json; --containers addresses actors by their names
    a folder that is prepared already is left as it is`,
  run: async (argv) => {
    const { values } = parse(argv, {
      data: { type: 'string', default: '.gridloom' },
      ders: { type: 'string', default: '10' },
      regions: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      feeder: { type: 'string', default: 'ieee13' },
      containers: { type: 'boolean', default: false },
    })
    const data = resolve(values.data)
    const gridFile = join(data, 'grid.json')
    if (existsSync(gridFile)) {
      process.stderr.write(`${data} is prepared already\n`)
      return 0
    }
    const seed = numberIn('seed', values.seed, 0, 2 ** 32 - 1)
    const ders = numberIn('ders', values.ders, 1, 10_000)
    const plan = planGrid({ ders, regions: numberIn('regions', values.regions, 1, 100), seed })
    const surroundings = await surroundingsIn(values, seed)
    await using local = await localLayout()
    const layout = values.containers ? await containerLayout() : local.layout
    const grid = prepareGrid({ data, plan, layout, surroundings })
    writeFileSync(join(data, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`)
    writeFileSync(gridFile, `${JSON.stringify(grid, null, 2)}\n`)
    process.stdout.write(`${data} has keys and configurations for ${plan.devices.length} devices\n`)
    return 0
  },
}
