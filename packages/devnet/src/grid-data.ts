import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const marker = 'grid.pid'

/** Claims a folder for one run of a grid: what an earlier run left is removed, what is not a grid's is left alone. */
export function claimFolder(folder: string): Disposable {
  mkdirSync(folder, { recursive: true })
  const left = readdirSync(folder)
  const pid = join(folder, marker)
  if (left.length > 0 && !existsSync(pid))
    throw new Error(`${folder} is not empty and no grid made it: name another folder with --data`)
  if (left.length > 0 && isRunning(Number(readFileSync(pid, 'utf8'))))
    throw new Error(`a grid is running from ${folder}: stop it, or name another folder with --data`)
  for (const name of left) rmSync(join(folder, name), { recursive: true })
  writeFileSync(pid, String(process.pid))
  return { [Symbol.dispose]: () => writeFileSync(pid, '0') }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    return process.kill(pid, 0)
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'EPERM'
  }
}
