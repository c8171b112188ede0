import { defaults, type TrustParameters } from './parameters.ts'
import { forget, perCategory, type TrustFile } from './trust-file.ts'

/** An operator lets a blocked subject back in: suspect, with a quarter of what counts against it (§5); others stay as they are. */
export function release(file: TrustFile, t: number, parameters: TrustParameters = defaults): TrustFile {
  if (file.level !== 4) return file
  const aged = forget(file, t, parameters)
  return {
    ...aged,
    s: aged.s / 4,
    sc: perCategory((category) => aged.sc[category] / 4),
    level: 2,
    levelSince: t,
  }
}
