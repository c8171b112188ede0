/** An area's swing, its governor and turbine, and the droop of its fleet; powers per unit of the area's base. */
export type AreaParameters = Readonly<{
  f0: number
  sBaseMva: number
  H: number
  D: number
  R: number
  Tg: number
  Tt: number
  govMin: number
  govMax: number
  Ki: number
  fleet: Readonly<{ ratedPu: number; droop: number; deadbandHz: number; Tf: number; upPu: number; downPu: number }>
}>

export const defaultArea: AreaParameters = {
  f0: 60,
  sBaseMva: 10,
  H: 4,
  D: 1,
  R: 0.05,
  Tg: 0.2,
  Tt: 0.5,
  govMin: -0.2,
  govMax: 0.2,
  Ki: 0,
  fleet: { ratedPu: 0.2, droop: 0.05, deadbandHz: 0.036, Tf: 0.5, upPu: 0.05, downPu: 0.2 },
}

/** Deviations from the balanced start: `speed` is (f - f0)/f0, the others are powers. */
export type AreaState = Readonly<{ speed: number; valve: number; mech: number; fleet: number; setpoint: number }>

export const atRest: AreaState = { speed: 0, valve: 0, mech: 0, fleet: 0, setpoint: 0 }

/** The state after `dt` seconds of a constant load deviation, by one step of RK4. */
export function stepArea(area: AreaParameters, state: AreaState, loadPu: number, dt: number): AreaState {
  const k1 = slopeOf(area, state, loadPu)
  const k2 = slopeOf(area, along(state, k1, dt / 2), loadPu)
  const k3 = slopeOf(area, along(state, k2, dt / 2), loadPu)
  const k4 = slopeOf(area, along(state, k3, dt), loadPu)
  return along(along(along(along(state, k1, dt / 6), k2, dt / 3), k3, dt / 3), k4, dt / 6)
}

export function hertzOf({ f0 }: AreaParameters, { speed }: AreaState): number {
  return f0 * (1 + speed)
}

function slopeOf(area: AreaParameters, state: AreaState, loadPu: number): AreaState {
  const { speed, valve, mech, fleet, setpoint } = state
  return {
    speed: (mech + fleet - loadPu - area.D * speed) / (2 * area.H),
    valve: (clamp(setpoint - speed / area.R, area.govMin, area.govMax) - valve) / area.Tg,
    mech: (valve - mech) / area.Tt,
    fleet: (fleetTarget(area, speed) - fleet) / area.fleet.Tf,
    setpoint: -area.Ki * speed,
  }
}

/** What the droop of the fleet asks for: nothing within the dead band, at most its headroom beyond. */
function fleetTarget({ f0, fleet }: AreaParameters, speed: number): number {
  const beyond = Math.max(0, Math.abs(speed) - fleet.deadbandHz / f0)
  return clamp((-Math.sign(speed) * beyond * fleet.ratedPu) / fleet.droop, -fleet.downPu, fleet.upPu)
}

function along(state: AreaState, slope: AreaState, dt: number): AreaState {
  return {
    speed: state.speed + slope.speed * dt,
    valve: state.valve + slope.valve * dt,
    mech: state.mech + slope.mech * dt,
    fleet: state.fleet + slope.fleet * dt,
    setpoint: state.setpoint + slope.setpoint * dt,
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
