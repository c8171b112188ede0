import { join } from 'node:path'
import type { Profile } from '../codec/schema.ts'

const folder = join(import.meta.dirname, '../../../../schemas')

const files: Readonly<Record<Profile, string>> = {
  base: 'sep.xsd',
  'csipaus-1.2': 'sep-csipaus.xsd',
  'csipaus-1.3-beta-storage': 'sep-csipaus-1.3-beta-storage.xsd',
  'csipaus-1.3': 'sep-csipaus-1.3.xsd',
}

/** The schema document with a profile in force. */
export function schemaFile(profile: Profile): string {
  return join(folder, files[profile])
}
