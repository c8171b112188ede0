import { type FlowReservationResponse, unscaled } from '@gridloom/sep2030'
import type { Grant } from '../setpoint.ts'

/** What a running FlowReservationResponse grants; energy above zero charges, and power is read as a magnitude. */
export function grantOf({ mRID, energyAvailable, powerAvailable }: FlowReservationResponse): Grant {
  return { id: mRID, watts: Math.abs(unscaled(powerAvailable)), wattHours: unscaled(energyAvailable) }
}
