import { createRandom, type Random } from '@gridloom/kit'
import { parseLfdi, pinOf, sfdiOf, type Lfdi, type Pin } from '@gridloom/sep2030'
import type { TrustRegistration } from '@gridloom/contracts'

/** A device of the fleet that a trace tells of, with its DCM. */
export type Member = Readonly<{
  index: number
  lfdi: Lfdi
  pin: Pin
  kind: MemberKind
  serial: string
  group: string
  rtgMaxW: number
  /** Of this member alone: its clouds, its delays. */
  random: Random
}>

export type MemberKind = 'pv' | 'battery' | 'load'

const mix: readonly MemberKind[] = ['pv', 'battery', 'pv', 'load', 'pv']
const feeders = 4

/** The same seed gives the same fleet. */
export function fleetOf(size: number, seed: string): readonly Member[] {
  return Array.from({ length: size }, (_, position) => memberOf(position + 1, seed))
}

function memberOf(index: number, seed: string): Member {
  const random = createRandom(`${seed}/member/${index}`)
  return {
    index,
    lfdi: drawLfdi(random),
    pin: pinOf(random.integer(10_000, 99_999)),
    kind: mix[index % mix.length] ?? 'pv',
    serial: `GL-${String(index).padStart(5, '0')}`,
    group: `feeder-${1 + (index % feeders)}`,
    rtgMaxW: 100 * random.integer(30, 100),
    random,
  }
}

export function drawLfdi(random: Random): Lfdi {
  return parseLfdi(Buffer.from(random.bytes(20)).toString('hex'))
}

/** As the GSP enters a member with the trust module. */
export function registrationOf({ lfdi, serial, rtgMaxW, group, kind }: Member): TrustRegistration {
  const ratings = { rtgMaxW, rtgMaxVA: 1.1 * rtgMaxW, rtgMaxVar: 0.484 * rtgMaxW }
  return { lfdi, role: 'DCM', name: serial, sfdi: String(sfdiOf(lfdi)), serial, group, source: kind, ...ratings }
}
