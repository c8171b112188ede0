import { withinRoom } from '../storage-room.ts'
import { bestSteps, type StorageSpec, type StorageStep } from '../storage-value.ts'
import type { Block, Rules, Wish } from '../wish.ts'
import type { Ahead, DeviceOutlook, Strategy } from './strategy.ts'

export type StorageOptions = Readonly<{
  /** What the device does not say. */
  capacityWh?: number | undefined
  chargeW?: number | undefined
  dischargeW?: number | undefined
  /** Share of the capacity that is kept. */
  reserve: number
  efficiency: number
  /** What a unit must earn each time it is traded. */
  margin: number
}>

/** Buys in cheap intervals and sells in dear ones, within what the storage holds whatever trades. */
export function storageArbitrage(options: StorageOptions): Strategy {
  return ({ ahead, device, rules }) => {
    const spec = specOf(options, device)
    if (!spec || device.chargeWh === undefined) return []
    const unit = 10 ** rules.quantityScale
    const closed = ahead.filter(({ isOpen }) => !isOpen)
    const open = ahead.filter(({ isOpen }) => isOpen)
    const charge = chargeAfter(device.chargeWh, closed, spec, unit)
    const steps = bestSteps({
      spec,
      chargeWh: charge,
      prices: open.map(({ price }) => price / unit),
      intervalSeconds: rules.intervalSeconds,
      margin: options.margin / unit,
    })
    const committedWh = open.map(({ position }) => position * unit)
    const wantedWh = open.map(({ position }, at) => totalOf(steps[at] ?? []) - position * unit)
    const room = withinRoom({ committedWh, wantedWh }, charge, spec)
    return open.map((one, at) => wishOf(one, { step: steps[at] ?? [], allowed: room[at] ?? 0, rules, unit }))
  }
}

function specOf(options: StorageOptions, device: DeviceOutlook): StorageSpec | undefined {
  const capacityWh = options.capacityWh ?? device.capacityWh
  const chargeW = options.chargeW ?? device.chargeW
  const dischargeW = options.dischargeW ?? device.dischargeW
  if (capacityWh === undefined || chargeW === undefined || dischargeW === undefined) return undefined
  const { reserve, efficiency } = options
  return { capacityWh, reserveWh: reserve * capacityWh, chargeW, dischargeW, efficiency }
}

function chargeAfter(
  chargeWh: number,
  closed: readonly Ahead[],
  { capacityWh, efficiency }: StorageSpec,
  unit: number,
) {
  return closed.reduce((charge, { position }) => {
    const wattHours = position * unit
    return Math.max(0, Math.min(capacityWh, charge + (wattHours > 0 ? wattHours * efficiency : wattHours)))
  }, chargeWh)
}

type Room = Readonly<{ step: StorageStep; allowed: number; rules: Rules; unit: number }>

/** The blocks of a step as far as there is room; `allowed` is how much may be traded beyond the position, in Wh. */
function wishOf({ dtStart, position, price }: Ahead, { step, allowed, rules, unit }: Room): Wish {
  const need = position + allowed / unit
  const worth = step[0]?.price
  const releasePrice = worth === undefined ? price : worth * unit
  const blocks: Block[] = []
  let left = need
  for (const { wattHours, price: value } of step) {
    const quantity = wattHours / unit
    if (Math.sign(quantity) !== Math.sign(need) || Math.abs(left) < 1e-9) break
    const part = Math.sign(left) * Math.min(Math.abs(left), Math.abs(quantity))
    blocks.push({ quantity: part, price: value * unit })
    left -= part
  }
  if (Math.abs(left) >= 1e-9)
    blocks.push({ quantity: left, price: Math.sign(need) > 0 ? rules.minPrice : rules.maxPrice })
  return { dtStart, blocks, releasePrice }
}

function totalOf(step: StorageStep): number {
  return step.reduce((sum, { wattHours }) => sum + wattHours, 0)
}
