import { benchCodec } from '../bench/codec.ts'
import { benchDer } from '../bench/der.ts'
import { benchDerms } from '../bench/derms.ts'
import { benchDispatch } from '../bench/dispatch.ts'
import { benchFeeder } from '../bench/feeder.ts'
import type { BenchFigure } from '../bench/figure.ts'
import { benchGsp } from '../bench/gsp.ts'
import { benchMarket } from '../bench/market.ts'
import { benchObserve } from '../bench/observe.ts'
import { benchRegion } from '../bench/region.ts'
import { benchTrust } from '../bench/trust.ts'
import { benchSchedule } from '../bench/schedule.ts'
import { parse, UsageError, type Command } from '../command.ts'
import { table } from '../table.ts'

const benches: Readonly<Record<string, () => Promise<readonly BenchFigure[]>>> = {
  codec: benchCodec,
  der: benchDer,
  derms: benchDerms,
  dispatch: benchDispatch,
  feeder: benchFeeder,
  gsp: benchGsp,
  market: benchMarket,
  region: benchRegion,
  trust: benchTrust,
  observe: benchObserve,
  schedule: benchSchedule,
}

export const bench: Command = {
  summary: 'measure the hot paths against a stated reference in the same run',
  usage: `gridloom bench [${Object.keys(benches).join('|')}]... [--json]
    --json prints one object per figure: {bench, metric, value, unit, reference, referenceValue, ratio}`,
  run: async (argv) => {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
    const names = positionals.length > 0 ? positionals : Object.keys(benches)
    const unknown = names.find((name) => !Object.hasOwn(benches, name))
    if (unknown !== undefined) throw new UsageError(`there is no bench "${unknown}"`)
    for (const name of names) {
      process.stderr.write(`measuring ${name} …\n`)
      const figures = (await benches[name]?.()) ?? []
      process.stdout.write(
        values.json ? figures.map((figure) => `${JSON.stringify(figure)}\n`).join('') : `${render(figures)}\n`,
      )
    }
    return 0
  },
}

function render(figures: readonly BenchFigure[]): string {
  return table(
    ['bench', 'metric', 'value', 'unit', 'reference', 'its value', 'ratio'],
    figures.map(({ bench: name, metric, value, unit, reference, referenceValue, ratio }) => [
      name,
      metric,
      Math.round(value),
      unit,
      reference,
      Math.round(referenceValue),
      ratio.toFixed(2),
    ]),
  )
}
