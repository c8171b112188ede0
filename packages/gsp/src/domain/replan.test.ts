import { expect, it } from 'vitest'
import { isRefusal, type FlowRequest, type Grant } from './allotment.ts'
import { replan } from './replan.ts'

// the electric vehicle of function-sets, section 3
const request: FlowRequest = {
  mRID: 'A1',
  creationTime: 1_800_000_000,
  start: 1_800_018_000,
  duration: 28_800,
  energyWh: 18_000,
  powerW: 7200,
  durationRequested: 9900,
}
const grant: Grant = { subject: 'A1', start: 1_800_021_600, duration: 17_100, energyWh: 18_000, powerW: 4000 }
const steps = [{ start: 1_800_021_600, watts: 4000 }]
const now = 1_800_029_900

it('keeps a grant that still fits', () => {
  expect(replan({ request, grant }, { steps, granted: [] }, now, 'latest')).toBeUndefined()
  expect(replan({ request, grant }, undefined, now, 'latest')).toBeUndefined()
})

it('lowers a running grant from the moment the feeder tightens, for the energy that is left', () => {
  const tightened = [...steps, { start: 1_800_030_000, watts: 2400 }]
  expect(replan({ request, grant }, { steps: tightened, granted: [] }, now, 'latest')).toEqual({
    grant: { subject: 'A1', start: 1_800_030_000, duration: 13_901, energyWh: 8667, powerW: 2400 },
    cancelsHeld: false,
  })
})

it('cancels the held grant when the rest cannot follow without a gap', () => {
  const interrupted = [...steps, { start: 1_800_030_000, watts: 0 }, { start: 1_800_033_600, watts: 4000 }]
  const outcome = replan({ request, grant }, { steps: interrupted, granted: [] }, now, 'latest')
  expect(outcome).toMatchObject({ cancelsHeld: true, grant: { start: 1_800_033_600, energyWh: 8778, powerW: 4000 } })
})

it('plans a grant anew that has not started yet', () => {
  const tightened = { steps: [{ start: 0, watts: 2400 }], granted: [] }
  expect(replan({ request, grant }, tightened, 1_800_000_000, 'latest')).toMatchObject({
    cancelsHeld: true,
    grant: { start: request.start, powerW: 2400, energyWh: 18_000 },
  })
})

it('tells a refusal when nothing is left', () => {
  const outcome = replan({ request, grant }, { steps: [{ start: 0, watts: 0 }], granted: [] }, now, 'latest')
  expect(outcome && isRefusal(outcome.grant)).toBe(true)
})

it('tries a refused request again, and says nothing when it is refused again', () => {
  const refused = { ...grant, energyWh: 0, powerW: 0 }
  expect(replan({ request, grant: refused }, { steps, granted: [] }, 0, 'latest')?.grant).toEqual(grant)
  expect(
    replan({ request, grant: refused }, { steps: [{ start: 0, watts: 0 }], granted: [] }, 0, 'latest'),
  ).toBeUndefined()
})
