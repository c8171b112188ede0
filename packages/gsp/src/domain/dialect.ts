import type { DecodeOptions, EncodeOptions, Profile } from '@gridloom/sep2030'

/** Whether an Accept header says that its sender knows no extension of the schema: the `-` of `level=-S1`. */
export function knowsNoExtension(accept: string | undefined): boolean {
  return accept !== undefined && /;\s*level\s*=\s*"?-s\d/i.test(accept)
}

/**
 * A document that names no extension is judged by the standard alone, so that plain CSIP clients are served beside
 * CSIP-AUS ones; that it comes from an earlier edition or does not count what it lists is no reason to lose it.
 */
export function readingOf(body: Buffer, profile: Profile): DecodeOptions {
  return {
    profile: body.includes('https://csipaus.org/') ? profile : 'base',
    tolerate: ['former-names', 'uncounted-list'],
  }
}

/** What a client without extensions gets: the same documents without them. */
export function writingFor(profile: Profile, bare: boolean): EncodeOptions {
  return bare ? { profile: 'base', unknown: 'skip' } : { profile }
}
