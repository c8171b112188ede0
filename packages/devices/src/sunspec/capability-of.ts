import type { Capability, DeviceKind, Identity, Settings } from '../device.ts'
import { common } from './models/common.ts'
import { acControls, capacity, directCurrent, port, storage } from './models/der.ts'
import { basicSettings, immediateControls, nameplate, storageControls } from './models/legacy.ts'
import { modesOf } from './modes-of.ts'
import { adjustedOf, type Rated, ratingsOf } from './ratings-of.ts'
import { type Registers, view } from './registers.ts'
import { groupOf, has, textAt, type View, valueOf } from './view.ts'

/** What the device says it is and can do: by models 702 to 714, or else by 120 to 124. */
export function capabilityOf(registers: Registers): Capability {
  const kind = kindOf(registers)
  const rated = view(registers, capacity)
  const ratings = ratingsOf(registers)
  // limits and set points are shares of a rating: a device that tells none is only watched
  const modes = ratings.maxW > 0 ? modesOf(registers, kind) : []
  const normal = rated && (['A', 'B'] as const)[valueOf(rated, 'NorOpCatRtg') ?? -1]
  const abnormal = rated && (['I', 'II', 'III'] as const)[valueOf(rated, 'AbnOpCatRtg') ?? -1]
  return {
    kind,
    modes,
    ratings,
    ...(registers.has(common.id) && { identity: identityOf(registers) }),
    ...(normal && { normalCategory: normal }),
    ...(abnormal && { abnormalCategory: abnormal }),
    ...(rated && operatingPoints(rated)),
  }
}

/** What is left of the power at most var, and what stays at the terminals of a device that does not energize. */
function operatingPoints(rated: Rated): Pick<Capability, 'overExcited' | 'underExcited' | 'susceptance'> {
  const [overW, overPf] = [valueOf(rated, 'WOvrExtRtg'), valueOf(rated, 'WOvrExtRtgPF')]
  const [underW, underPf] = [valueOf(rated, 'WUndExtRtg'), valueOf(rated, 'WUndExtRtgPF')]
  const susceptance = valueOf(rated, 'ReactSusceptRtg')
  return {
    ...(overW !== undefined && overPf !== undefined && { overExcited: { watts: overW, pf: overPf } }),
    ...(underW !== undefined && underPf !== undefined && { underExcited: { watts: underW, pf: underPf } }),
    ...(susceptance !== undefined && { susceptance }),
  }
}

function identityOf(registers: Registers): Identity {
  const maker = view(registers, common)
  const get = (name: 'Mn' | 'Md' | 'Vr' | 'SN') => (maker ? textAt(maker, name) : '')
  return { manufacturer: get('Mn'), model: get('Md'), version: get('Vr'), serial: get('SN') }
}

/** The settings that percentages refer to; a setting that the device does not have is its rating. */
export function settingsOf(registers: Registers, capability: Capability, updatedAt: number): Settings {
  const own = adjustedOf(registers)
  const controls = view(registers, acControls)
  const settings = view(registers, basicSettings)
  const percentPerSecond = (controls && valueOf(controls, 'WRmp')) ?? (settings && valueOf(settings, 'WGra')) ?? 0
  return { ...capability.ratings, ...own, modesEnabled: capability.modes, gradient: percentPerSecond / 100, updatedAt }
}

/** Whether the device lets go by itself of what nobody repeats. */
export function canRevert(registers: Registers): boolean {
  const controls = view(registers, acControls)
  if (controls) return has(controls, 'WMaxLimPctRvrtTms')
  const immediate = view(registers, immediateControls)
  return immediate !== undefined && has(immediate, 'WMaxLimPct_RvrtTms')
}

const derTypes: Readonly<Record<number, DeviceKind>> = { 4: 'pv', 80: 'storage', 81: 'ev', 82: 'pv-storage' }

function kindOf(registers: Registers): DeviceKind {
  const direct = view(registers, directCurrent)
  const ports = direct ? portTypes(direct) : []
  if (ports.includes(0) && ports.includes(1)) return 'pv-storage'
  const legacy = view(registers, nameplate)
  const type = legacy && derTypes[valueOf(legacy, 'DERTyp') ?? 0]
  if (type) return type
  return registers.has(storage.id) || registers.has(storageControls.id) ? 'storage' : 'pv'
}

function portTypes(direct: View<keyof typeof directCurrent.points>): (number | undefined)[] {
  const count = valueOf(direct, 'NPrt') ?? 0
  return Array.from({ length: count }, (_, index) =>
    valueOf(groupOf(direct, port, directCurrent.size + index * port.size), 'PrtTyp'),
  )
}
