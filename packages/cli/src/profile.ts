import { profiles, type Profile } from '@gridloom/sep2030'
import { UsageError } from './command.ts'

/** The profile of an option: `1.2` may stand for `csipaus-1.2`. */
export function profileOf(text: string): Profile {
  const profile = profiles.find((each) => each === text || each === `csipaus-${text}`)
  if (!profile) throw new UsageError(`--profile "${text}" is none of ${profiles.join(', ')}`)
  return profile
}
