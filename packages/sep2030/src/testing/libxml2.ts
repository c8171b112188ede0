import { readFileSync } from 'node:fs'
import { XmlDocument, XmlParseError, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import type { Profile } from '../codec/schema.ts'
import { schemaFile } from './schemas.ts'

xmlRegisterFsInputProviders()

const validators = new Map<Profile, XsdValidator>()

/** What libxml2 has against a document; nothing when it is valid. */
export function libxml2(document: string | Uint8Array, profile: Profile = 'base'): string | undefined {
  try {
    using parsed = XmlDocument.fromBuffer(Buffer.from(document))
    validatorOf(profile).validate(parsed)
    return undefined
  } catch (error) {
    if (error instanceof XmlParseError || error instanceof XmlValidateError) return error.message
    throw error
  }
}

function validatorOf(profile: Profile): XsdValidator {
  const known = validators.get(profile)
  if (known) return known
  const url = schemaFile(profile)
  using schema = XmlDocument.fromBuffer(readFileSync(url), { url })
  const validator = XsdValidator.fromDoc(schema)
  validators.set(profile, validator)
  return validator
}
