import { SepError } from '@gridloom/sep2030'

export type ConnectionPointRules = Readonly<{
  /** Refuse to change what is set. */
  locked: boolean
  /** How an id of this network may begin; empty: anyhow. */
  prefixes: readonly string[]
}>

/** Checks a connection point id that a device sets (csip-server, 12): an NMI where the id has the form of one. */
export function checkConnectionPoint(id: string, known: string | undefined, rules: ConnectionPointRules): void {
  if (rules.locked && known !== undefined && known !== id) {
    throw new SepError('conflict', `the connection point is set and locked: "${known}"`)
  }
  if (rules.prefixes.length > 0 && !rules.prefixes.some((prefix) => id.startsWith(prefix))) {
    throw new SepError('invalid', `not a connection point of this network: "${id}"`)
  }
  if (looksLikeNmi(id) && !isNmi(id)) throw new SepError('invalid', `not an NMI: "${id}"`)
}

/** Ten characters and a check digit. */
export function isNmi(id: string): boolean {
  if (!/^[0-9A-HJ-NP-Z]{10}\d$/.test(id)) return false
  return nmiCheckDigit(id.slice(0, 10)) === Number(id[10])
}

function looksLikeNmi(id: string): boolean {
  return /^[0-9A-Z]{11}$/.test(id)
}

/** Luhn over the ASCII codes: the rightmost character first, every other one doubled. */
export function nmiCheckDigit(characters: string): number {
  const codes = [...characters].toReversed().map((character, at) => character.charCodeAt(0) * (at % 2 === 0 ? 2 : 1))
  const sum = codes.reduce((total, code) => total + digitSum(code), 0)
  return (10 - (sum % 10)) % 10
}

function digitSum(n: number): number {
  return [...String(n)].reduce((sum, digit) => sum + Number(digit), 0)
}
