import {
  attacks,
  equip,
  isAttackName,
  startRogue,
  RigError,
  TargetError,
  type Attack,
  type Equipment,
} from '@gridloom/attack'
import { Config } from '@gridloom/dcm'
import { openPki, runActor } from '@gridloom/kit'
import { runRogue } from '../attack-rogue.ts'
import { parse, UsageError, type Command } from '../command.ts'
import { openGrid } from '../grid.ts'
import { writeJson } from '../io.ts'
import { numberIn } from '../number-in.ts'
import { table } from '../table.ts'
import { parseDuration } from '../units.ts'

const usage = `gridloom attack list [--json]
gridloom attack NAME [--target URL] [--grid FILE] [--device NAME] [--pki DIR] [--rate N] [--duration T] [--json]
    attacks your own grid, to see that it notices; stops by itself
    --target URL    the 2030.5 server (default: that of the running grid); loopback only
    --grid FILE     grid.json with addresses, operator, devices and authorities (.gridloom/grid.json)
    --device NAME   the device of the grid that is, or seems to be, the attacker (for a DCM that misbehaves: one of its own)
    --cert FILE --key FILE --ca FILE   a device's certificate, for a server that is no local grid
    --pki DIR       folder of the authorities, for attacks that issue certificates
    --rate N        requests per second at most (50, never more than 500)
    --duration T    how long a DCM misbehaves (60s)
    --i-own-this-network   also go to private addresses; public ones are always refused
gridloom attack NAME --config FILE [--after T] [--pki DIR]
    runs the DCM of a configuration, which misbehaves from T of its clock on, as the actor of a grid`

export const attack: Command = {
  summary: 'attack your own grid, to see that it is noticed',
  usage,
  run: async ([name = '', ...argv]) => {
    if (name === 'list') return list(argv)
    if (!isAttackName(name)) throw new UsageError(`there is no attack "${name}": "gridloom attack list" tells which`)
    try {
      return await (argv.includes('--config') ? beActor(attacks[name], argv) : go(attacks[name], argv))
    } catch (error) {
      if (error instanceof TargetError || error instanceof RigError)
        throw new UsageError(error.message, { cause: error })
      throw error
    }
  },
}

function list(argv: readonly string[]): number {
  const { values } = parse(argv, { json: { type: 'boolean' } })
  const all = Object.values(attacks)
  if (values.json)
    for (const { name, kind, summary, rules, subject } of all) writeJson({ name, kind, summary, rules, subject }, true)
  else process.stdout.write(`${table(['attack', 'triggers', 'what it does'], all.map(rowOf))}\n`)
  return 0
}

function rowOf({ name, rules, summary }: Attack): readonly string[] {
  return [name, rules.join(' '), summary]
}

const options = {
  target: { type: 'string' },
  grid: { type: 'string' },
  device: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  ca: { type: 'string' },
  pki: { type: 'string' },
  rate: { type: 'string', default: '50' },
  duration: { type: 'string', default: '60s' },
  'i-own-this-network': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

async function go(chosen: Attack, argv: readonly string[]): Promise<number> {
  const { values, positionals } = parse(argv, options)
  if (positionals[0] !== undefined) throw new UsageError(`attack takes no "${positionals[0]}"`)
  const { target, device, pki, json } = values
  const files = filesOf(values)
  const grid = files === undefined || values.grid !== undefined ? openGrid(values.grid) : undefined
  const say = (text: string): void =>
    void (json ? writeJson({ event: 'attack', attack: chosen.name, text }, true) : process.stdout.write(`${text}\n`))
  const equipment: Equipment = {
    grid,
    target,
    files,
    device,
    pki,
    ownNetwork: values['i-own-this-network'],
    perSecond: numberIn('rate', values.rate, 1, 500),
    say,
  }
  const rig = await equip(equipment)
  const seconds = parseDuration(values.duration)
  using stop = interruption()
  if (chosen.kind === 'raid') await chosen.run(rig, stop.signal)
  else
    await runRogue(
      { rogue: chosen, rig, grid, isOwn: device !== undefined || files !== undefined, seconds },
      stop.signal,
    )
  say(`done: look for ${chosen.rules.join(', ')} on ${chosen.subject}`)
  return 0
}

function filesOf({ cert, key, ca }: Readonly<Partial<Record<'cert' | 'key' | 'ca', string>>>): Equipment['files'] {
  if (cert === undefined && key === undefined && ca === undefined) return undefined
  if (cert === undefined || key === undefined || ca === undefined)
    throw new UsageError('--cert, --key and --ca go together')
  return { cert, key, ca }
}

function interruption(): Disposable & Readonly<{ signal: AbortSignal }> {
  const controller = new AbortController()
  const stop = (): void => controller.abort(new Error('interrupted'))
  process.once('SIGINT', stop)
  return { signal: controller.signal, [Symbol.dispose]: () => void process.off('SIGINT', stop) }
}

/** One more actor of a grid: it says that it is ready, and what happens, as a DCM does. */
async function beActor(chosen: Attack, argv: readonly string[]): Promise<number> {
  const { values } = parse(argv, {
    config: { type: 'string' },
    after: { type: 'string', default: '0s' },
    pki: { type: 'string' },
  })
  if (chosen.kind !== 'rogue') throw new UsageError(`"${chosen.name}" comes from outside: no DCM misbehaves like that`)
  const after = parseDuration(values.after)
  const pki = values.pki === undefined ? undefined : openPki(values.pki)
  const say = (text: string): void => void process.stderr.write(`${text}\n`)
  const start = (config: Config) => startRogue(chosen, config, { after, pki, say })
  return runActor('dcm', Config, start, ['--config', values.config ?? ''])
}
