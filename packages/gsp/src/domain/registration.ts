import { parseLfdi, SepError, sfdiOf, type EndDevice, type Lfdi } from '@gridloom/sep2030'
import { scopeOf, type Caller } from './access.ts'
import { limitReached } from './error-document.ts'

/** What is known before a registration is decided. */
export type RegistrationRules = Readonly<{
  /** CSIP-AUS refuses what is there; the base standard updates it (function-sets, 13). */
  refusesKnown: boolean
  /** Whether devices that the operator did not enter may register. */
  inBand: boolean
  /** How many devices this caller has, and may have at most. */
  devices: number
  most: number
}>

export type Registration<Known> = Readonly<
  { kind: 'new'; lfdi: Lfdi; scope: string } | { kind: 'update'; known: Known }
>

/**
 * Who registers, by the body of a POST to the EndDeviceList (csip-server, 5); `pen` is the enterprise number of the
 * aggregator that calls, where the operator entered it.
 */
export function registrantOf(caller: Caller, device: EndDevice, pen?: number): Lfdi {
  return caller.kind === 'aggregator' ? representedOf(caller.lfdi, device, pen) : directOf(caller.lfdi, device)
}

/** Decides about a registration; the same device twice changes nothing under CSIP-AUS. */
export function register<Known extends Readonly<{ scope?: string }>>(
  caller: Caller,
  lfdi: Lfdi,
  known: Known | undefined,
  rules: RegistrationRules,
): Registration<Known> {
  if (known) {
    const mine = known.scope !== undefined && known.scope === scopeOf(caller)
    if (rules.refusesKnown || !mine) throw new SepError('conflict', `already registered: "${lfdi}"`)
    return { kind: 'update', known }
  }
  if (!rules.inBand) throw new SepError('forbidden', `only the operator registers devices: "${lfdi}"`)
  if (rules.devices >= rules.most) {
    throw new SepError('invalid', `no more than ${rules.most} devices`, { rule: limitReached })
  }
  return { kind: 'new', lfdi, scope: caller.kind === 'aggregator' ? caller.aggregator : lfdi }
}

/** A direct device is what its certificate says. */
function directOf(own: Lfdi, { lFDI, sFDI }: EndDevice): Lfdi {
  if (lFDI !== undefined && parseLfdi(lFDI) !== own) throw new SepError('forbidden', `not your LFDI: "${lFDI}"`)
  if (sFDI !== sfdiOf(own)) throw new SepError('forbidden', `not your SFDI: "${sFDI}"`)
  return own
}

/** An aggregator names the device; under its number the LFDI ends in it, as eight decimal digits. */
function representedOf(own: Lfdi, { lFDI, sFDI }: EndDevice, pen: number | undefined): Lfdi {
  if (lFDI === undefined) throw new SepError('invalid', 'lFDI is missing')
  const lfdi = parseLfdi(lFDI)
  if (lfdi === own) throw new SepError('forbidden', `that is the aggregator itself: "${lfdi}"`)
  if (sFDI !== sfdiOf(lfdi)) throw new SepError('invalid', `sFDI "${sFDI}" does not belong to lFDI "${lfdi}"`)
  if (pen !== undefined && !lfdi.endsWith(String(pen).padStart(8, '0'))) {
    throw new SepError('invalid', `lFDI "${lfdi}" does not end in the enterprise number ${pen}`)
  }
  return lfdi
}
