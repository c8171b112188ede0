import { UsageError, type Command } from './command.ts'

/** Every command of `gridloom`, loaded when it is called: starting one does not pay for the others. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up.ts')).up,
  control: async () => (await import('./commands/control.ts')).control,
  device: async () => (await import('./commands/device.ts')).device,
  event: async () => (await import('./commands/event.ts')).event,
  flow: async () => (await import('./commands/flow.ts')).flow,
  prepare: async () => (await import('./commands/prepare.ts')).prepare,
  enroll: async () => (await import('./commands/enroll.ts')).enroll,
  health: async () => (await import('./commands/health.ts')).health,
  gsp: async () => (await import('./commands/actor.ts')).gsp,
  environment: async () => (await import('./commands/environment.ts')).environment,
  dtm: async () => (await import('./commands/dtm.ts')).dtm,
  dcm: async () => (await import('./commands/dcm.ts')).dcm,
  certs: async () => (await import('./commands/certs.ts')).certs,
  sep: async () => (await import('./commands/sep.ts')).sep,
  get: async () => (await import('./commands/get.ts')).get,
  walk: async () => (await import('./commands/walk.ts')).walk,
  der: async () => (await import('./commands/der.ts')).der,
  feeder: async () => (await import('./commands/feeder.ts')).feeder,
  attack: async () => (await import('./commands/attack.ts')).attack,
  trust: async () => (await import('./commands/trust.ts')).trust,
  tracker: async () => (await import('./commands/tracker.ts')).tracker,
  region: async () => (await import('./commands/region.ts')).region,
  derms: async () => (await import('./commands/derms.ts')).derms,
  service: async () => (await import('./commands/service.ts')).service,
  dispatch: async () => (await import('./commands/dispatch.ts')).dispatch,
  market: async () => (await import('./commands/market.ts')).market,
  teua: async () => (await import('./commands/teua.ts')).teua,
  scheduler: async () => (await import('./commands/scheduler.ts')).scheduler,
  schedule: async () => (await import('./commands/schedule.ts')).schedule,
  cta2045: async () => (await import('./commands/cta2045.ts')).cta2045,
  'cta2045-sim': async () => (await import('./commands/cta2045-sim.ts')).cta2045Sim,
  'sunspec-sim': async () => (await import('./commands/sunspec-sim.ts')).sunspecSim,
  bench: async () => (await import('./commands/bench.ts')).bench,
}

/** Runs one command line and resolves to its exit code: 0 ok, 1 findings or failure, 2 usage. */
export async function runCommand(argv: readonly string[]): Promise<number> {
  const [name = '--help', ...rest] = argv
  if (name === '--help' || name === '-h' || name === 'help') return overview()
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) return complain(`there is no command "${name}"`, 'gridloom --help lists the commands')
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) return help(command)
  try {
    return await command.run(rest)
  } catch (err) {
    if (err instanceof UsageError) return complain(err.message, command.usage)
    process.stderr.write(`gridloom ${name}: ${messageOf(err)}\n`)
    return 1
  }
}

async function overview(): Promise<number> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([name, load]) => `  ${name.padEnd(13)}${(await load()).summary}`),
  )
  process.stdout.write(`gridloom COMMAND [options]\n\n${lines.join('\n')}\n\ngridloom COMMAND --help tells more.\n`)
  return 0
}

function help(command: Command): number {
  process.stdout.write(`${command.usage}\n`)
  return 0
}

function complain(reason: string, usage: string): number {
  process.stderr.write(`${reason}\n\n${usage}\n`)
  return 2
}

/** The message of an error and of what caused it: a person reads the chain, not a stack. */
function messageOf(err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  const cause = err.cause instanceof Error ? `: ${messageOf(err.cause)}` : ''
  return err.message.includes(cause.slice(2)) ? err.message : err.message + cause
}
