import { describe, expect, it } from 'vitest'
import { play, see } from './story.ts'

describe('an event read for the first time (D1, D2)', () => {
  it.each([
    ['over and cancelled', 200, 2, 'Expired', 254],
    ['cancelled', 150, 2, 'Cancelled', 6],
    ['cancelled with randomization', 150, 3, 'Cancelled', 6],
    ['superseded', 150, 4, 'Superseded', 7],
    ['completed by a newer edition', 150, 5, 'Expired', 254],
  ] as const)('%s', (_, at, currentStatus, state, status) => {
    const { events, told } = play({ events: { A: {} }, steps: [see('A', at, currentStatus)] })
    expect(events['A']).toEqual({ state, history: [{ at, state }], effective: null })
    expect(told('A')).toEqual([
      [at, 1],
      [at, status],
    ])
  })

  it('is told to be cancelled rather than invalid, and invalid rather than not applicable', () => {
    const device = { modes: ['opModMaxLimW'] }
    const controls = { opModFixedW: 20_000 }
    const events = { A: { controls } }
    expect(
      play({ device, events, steps: [see('A', 0, 2)] })
        .told('A')
        .at(-1),
    ).toEqual([0, 6])
    expect(play({ device, events }).told('A').at(-1)).toEqual([0, 253])
  })

  it('is for every device unless it names categories', () => {
    expect(
      play({ events: { A: {} }, device: { deviceCategory: '00000001' } })
        .told('A')
        .at(-1),
    ).toEqual([200, 3])
    expect(play({ events: { A: { deviceCategory: '00000001' } } }).told('A')).toEqual([])
  })
})

describe('an invalid event (D21)', () => {
  it.each([
    ['lasts no time', { duration: 0 }],
    ['may shrink to nothing', { duration: 60, randomizeDuration: -60 }],
    ['starts at random within more than an hour', { randomizeStart: 3601 }],
    ['lasts at random more than an hour', { randomizeDuration: -3601, duration: 9000 }],
    ['controls nothing', { controls: {} }],
    ['limits above all power', { controls: { opModMaxLimW: 10_001 } }],
    ['limits below none', { controls: { opModMaxLimW: -1 } }],
    ['charges beyond all power', { controls: { opModFixedW: -10_001 } }],
    ['asks for too much reactive power', { controls: { opModFixedVar: { refType: 2, value: 10_001 } } }],
  ])('%s', (_, members) => {
    expect(play({ events: { A: members } }).told('A')).toEqual([
      [0, 1],
      [0, 253],
    ])
  })

  it.each([
    ['of the widest randomization', { duration: 4000, randomizeStart: -3600, randomizeDuration: -3600 }],
    ['at the limits of percent', { controls: { opModMaxLimW: 10_000, opModFixedW: -10_000 } }],
    ['in watts that are no percent', { controls: { opModTargetW: 20_000 } }],
  ])('is none %s', (_, members) => {
    expect(play({ events: { A: members } }).told('A')[1]).toEqual([100, 2])
  })
})

describe('what a device can follow (D6)', () => {
  it('counts for a DERControl by mode, and the ramp time is no mode', () => {
    const device = { modes: ['opModMaxLimW'] }
    expect(
      play({ device, events: { A: { controls: { opModMaxLimW: 1, rampTms: 5 } } } })
        .told('A')
        .at(-1)?.[1],
    ).toBe(3)
    expect(
      play({ device, events: { A: { controls: { rampTms: 5 } } } })
        .told('A')
        .at(-1)?.[1],
    ).toBe(252)
  })

  it('leaves the controls that it cannot follow out of an EndDeviceControl', () => {
    const { timeline } = play({
      kind: 'EndDeviceControl',
      device: { deviceCategory: '00000008', drlc: ['DutyCycle'] },
      events: { A: { deviceCategory: '00000008', controls: { DutyCycle: 50, SetPoint: { heatingSetpoint: 4500 } } } },
      fields: ['category:3'],
    })
    expect(timeline['category:3']?.at(1)?.value).toEqual({ DutyCycle: 50 })
  })
})
