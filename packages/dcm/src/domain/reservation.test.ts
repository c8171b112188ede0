import { FlowReservationRequest, encode, type Mrid } from '@gridloom/sep2030'
import { expect, it } from 'vitest'
import { faultOf, isOpen, requestOf, transferSeconds, type Reservation } from './reservation.ts'

it('asks as in the example of the electric vehicle: 18 kWh at 7.2 kW with 900 s of conditioning', () => {
  expect(transferSeconds(vehicle)).toBe(9900)
  expect(requestOf(vehicle, 1_800_000_000)).toMatchObject({
    durationRequested: 9900,
    energyRequested: { multiplier: 0, value: 18_000 },
    intervalRequested: { start: 1_800_018_000, duration: 28_800 },
    powerRequested: { multiplier: 0, value: 7200 },
    RequestStatus: { dateTime: 1_800_000_000, requestStatus: 0 },
  })
})

it('withdraws with the time of the withdrawal', () => {
  const { RequestStatus } = requestOf({ ...vehicle, state: 'withdrawing' }, 1_800_000_500)
  expect(RequestStatus).toEqual({ dateTime: 1_800_000_500, requestStatus: 1 })
})

it('writes a discharge with a negative energy', () => {
  const request = requestOf({ ...vehicle, energyWh: -5000 }, 1_800_000_000)
  expect(request.energyRequested).toMatchObject({ value: -5000 })
  expect(() => encode(FlowReservationRequest, request)).not.toThrow()
})

it('finds what cannot be before a server is asked', () => {
  const now = 1_800_000_000
  expect(faultOf(vehicle, now)).toBeUndefined()
  expect(faultOf({ ...vehicle, windowSeconds: 3600 }, now)).toContain('only 3600 s')
  expect(faultOf({ ...vehicle, powerW: 100 }, now)).toContain('no request may take more')
  expect(faultOf(vehicle, vehicle.start + vehicle.windowSeconds)).toBe('the window is over')
})

it('is open until its window ends or it is withdrawn', () => {
  const end = vehicle.start + vehicle.windowSeconds
  expect([isOpen(vehicle, end - 1), isOpen(vehicle, end)]).toEqual([true, false])
  expect(isOpen({ ...vehicle, state: 'withdrawn' }, 0)).toBe(false)
})

const vehicle: Reservation = {
  mRID: '0000000000000000000000A100009D1C' as Mrid,
  energyWh: 18_000,
  powerW: 7200,
  start: 1_800_018_000,
  windowSeconds: 28_800,
  overheadSeconds: 900,
  createdAt: 1_800_000_000,
  state: 'asking',
}
