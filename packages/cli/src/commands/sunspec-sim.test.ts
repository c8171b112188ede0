import { expect, it } from 'vitest'
import { sunspecSim } from './sunspec-sim.ts'

it.each([
  [['--kind', 'windmill'], '--kind "windmill" is none of pv, battery'],
  [['--models', '8xx'], '--models "8xx"'],
  [['--base', '1'], '--base "1"'],
  [['--port', 'x'], '--port "x"'],
  [['--sun', '2'], '--sun "2"'],
  [['5020'], 'does not know "5020"'],
])('refuses %j', async (argv, message) => {
  await expect(sunspecSim.run(argv)).rejects.toThrow(message)
})
