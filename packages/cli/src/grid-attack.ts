import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { UsageError } from './command.ts'

/** An attack on the grid that is started with it: by a device that misbehaves, or from outside in its name. */
export type GridAttack = Readonly<{ kind: 'rogue' | 'raid'; attack: string; device: string; afterSeconds: number }>

const afterSeconds = 30
const device = 'pv-1' // the first device of every grid, and no other actor drives it

/** The attack of that name, or a usage error. */
export async function attackIn(name: string): Promise<GridAttack> {
  const { attacks, isAttackName } = await import('@gridloom/attack')
  if (!isAttackName(name)) throw new UsageError(`there is no attack "${name}": "gridloom attack list" tells which`)
  return { kind: attacks[name].kind, attack: name, device, afterSeconds }
}

/** Runs `gridloom attack` on the grid after a while; what it says goes to standard error. */
export function startRaid(
  { attack, afterSeconds: wait }: GridAttack,
  { gridloom, data }: Readonly<{ gridloom: string; data: string }>,
): Disposable {
  const ending = new AbortController()
  const timer = setTimeout(() => {
    const argv = [gridloom, 'attack', attack, '--grid', join(data, 'grid.json'), '--device', device]
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...argv], {
      stdio: ['ignore', process.stderr, process.stderr],
      signal: ending.signal,
    })
    child.once('error', () => undefined) // it ended with the grid
  }, wait * 1000)
  return {
    [Symbol.dispose]() {
      clearTimeout(timer)
      ending.abort()
    },
  }
}
