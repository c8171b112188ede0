import type { Device } from './device.ts'
import type { ProgramFact } from './facts.ts'

/** The program of a device whose controls, active controls or default are found at a path. */
export function programAt({ programs = [] }: Device, path: string): ProgramFact | undefined {
  const [bare = ''] = path.split('?')
  return programs.find(
    ({ controls, active, default: fallback }) =>
      controls === bare ||
      active === bare ||
      fallback === bare ||
      (controls !== undefined && bare.startsWith(`${controls}/`)),
  )
}
