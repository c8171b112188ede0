import { createDelay, createOnDelay, delay, type Delay, onDelay, type OnDelay } from './blocks.ts'
import type { Grid } from './grid.ts'
import type { DerSettings } from './settings.ts'

/** Ride-through statuses, in the order of precedence of the ride-through modes. */
export const Status = {
  trip: 0,
  enteringService: 1,
  continuous: 2,
  mandatory: 3,
  permissive: 4,
  momentary: 5,
  cease: 6,
  notDefined: 7,
} as const

export type Status = (typeof Status)[keyof typeof Status]

export const statusNames = [
  'Trip',
  'Entering Service',
  'Continuous Operation',
  'Mandatory Operation',
  'Permissive Operation',
  'Momentary Cessation',
  'Cease to Energize',
  'Not Defined',
] as const

export type Service = {
  status: Status
  rtV: Status
  rtF: Status
  esCrit: boolean
  tripCrit: boolean
  esCompleted: boolean
  enter: OnDelay
  random: Delay
  /** The delay drawn for this return to service; 0 while none is. */
  drawn: number
  trips: OnDelay[]
}

export function createService({ STATUS_INIT }: DerSettings): Service {
  return {
    status: STATUS_INIT ? Status.continuous : Status.trip,
    rtV: Status.continuous,
    rtF: Status.continuous,
    esCrit: false,
    tripCrit: false,
    esCompleted: STATUS_INIT,
    enter: createOnDelay(),
    random: createDelay(),
    drawn: 0,
    trips: Array.from({ length: 8 }, createOnDelay),
  }
}

/** Enter service, trip, ride-through modes, then the status they make (fact sheet, section 5). */
export function updateService(
  settings: DerSettings,
  service: Service,
  grid: Grid,
  { f, ts, random }: { f: number; ts: number; random: () => number },
): void {
  service.esCrit = enterCriterion(settings, service, grid, f, ts, random)
  service.tripCrit = tripCriterion(settings, service, grid, f, ts)
  service.rtV = voltageMode(settings, grid)
  service.rtF = frequencyMode(service.rtF, f)
  service.status = nextStatus(service)
}

function enterCriterion(
  settings: DerSettings,
  service: Service,
  grid: Grid,
  f: number,
  ts: number,
  random: () => number,
): boolean {
  const inRange =
    grid.vLow >= settings.ES_V_LOW &&
    grid.vHigh <= settings.ES_V_HIGH &&
    f >= settings.ES_F_LOW &&
    f <= settings.ES_F_HIGH
  const steady = onDelay(service.enter, inRange && settings.ES_PERMIT_SERVICE, settings.ES_DELAY, ts)
  return delay(service.random, steady ? 1 : 0, randomDelay(settings, service, steady, random), ts) === 1
}

function randomDelay(settings: DerSettings, service: Service, steady: boolean, random: () => number): number {
  if (service.status !== Status.trip) {
    service.drawn = 0
    return 0
  }
  if (settings.ES_RANDOMIZED_DELAY_ACTUAL > 0 && steady) return settings.ES_RANDOMIZED_DELAY_ACTUAL
  const draws = settings.ES_RAMP_RATE === 0 && settings.ES_RANDOMIZED_DELAY > 0 && settings.NP_VA_MAX < 500_000
  if (!draws) return 0
  if (service.drawn === 0) service.drawn = random() * settings.ES_RANDOMIZED_DELAY
  return service.drawn
}

/** Every timer runs in every step, so none may be skipped once another has tripped. */
function tripCriterion(s: DerSettings, { trips }: Service, { vLow, vHigh }: Grid, f: number, ts: number): boolean {
  let tripped = !s.ES_PERMIT_SERVICE
  const check = (index: number, condition: boolean, T: number) => {
    const block = trips[index]
    if (block && onDelay(block, condition, T, ts)) tripped = true
  }
  check(0, vLow < s.UV1_TRIP_V, s.UV1_TRIP_T)
  check(1, vLow < s.UV2_TRIP_V, s.UV2_TRIP_T)
  check(2, vHigh > s.OV1_TRIP_V, s.OV1_TRIP_T)
  check(3, vHigh > s.OV2_TRIP_V, s.OV2_TRIP_T)
  check(4, f < s.UF1_TRIP_F, s.UF1_TRIP_T)
  check(5, f < s.UF2_TRIP_F, s.UF2_TRIP_T)
  check(6, f > s.OF1_TRIP_F, s.OF1_TRIP_T)
  check(7, f > s.OF2_TRIP_F, s.OF2_TRIP_T)
  return tripped
}

/** High side, low side, then momentary cessation; a later rule may not lower the mode. */
function voltageMode(settings: DerSettings, { vLow, vHigh }: Grid): Status {
  let mode: Status = Status.continuous
  if (vHigh > 1.1) mode = accept(mode, highSide(settings, vHigh))
  if (vLow < 0.88) mode = accept(mode, lowSide(settings, vLow))
  const ceases = settings.MC_ENABLE && (vHigh >= settings.MC_HVRT_V1 || vLow <= settings.MC_LVRT_V1)
  if (ceases && settings.NP_ABNORMAL_OP_CAT !== 'CAT_III') mode = Status.momentary
  return mode
}

function accept(mode: Status, next: Status): Status {
  return next >= Math.min(mode, Status.momentary) ? next : mode
}

function highSide(settings: DerSettings, vHigh: number): Status {
  if (settings.NP_ABNORMAL_OP_CAT !== 'CAT_III') return vHigh <= 1.2 ? Status.permissive : Status.cease
  return settings.MC_ENABLE && vHigh >= settings.MC_HVRT_V1 ? Status.momentary : Status.mandatory
}

function lowSide(settings: DerSettings, vLow: number): Status {
  switch (settings.NP_ABNORMAL_OP_CAT) {
    case 'CAT_I':
      return vLow >= 0.7 ? Status.mandatory : vLow >= 0.5 ? Status.permissive : Status.cease
    case 'CAT_II':
      return vLow >= 0.65 ? Status.mandatory : vLow >= 0.3 ? Status.permissive : Status.cease
    case 'CAT_III':
      return settings.MC_ENABLE && vLow <= settings.MC_LVRT_V1 ? Status.momentary : Status.mandatory
    default:
      return settings.NP_ABNORMAL_OP_CAT satisfies never
  }
}

/** Later rules win, so 58.5 to 58.8 Hz and exactly 61.2 Hz are mandatory operation. */
function frequencyMode(previous: Status, f: number): Status {
  let mode = previous
  if (f >= 58.5 && f <= 61.2) mode = Status.continuous
  if (f >= 61.2) mode = f <= 61.8 ? Status.mandatory : Status.notDefined
  if (f <= 58.8) mode = f >= 57 ? Status.mandatory : Status.notDefined
  return mode
}

function nextStatus({ status, rtV, rtF, esCrit, tripCrit, esCompleted }: Service): Status {
  if (tripCrit) return Status.trip
  if (status === Status.trip && !esCrit) return Status.trip
  if (rtF === Status.notDefined) return Status.notDefined
  if (rtV >= Status.permissive) return rtV
  if (rtV === Status.mandatory || rtF === Status.mandatory) return Status.mandatory
  return esCompleted ? Status.continuous : Status.enteringService
}
