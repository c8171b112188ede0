import { describe, expect, it } from 'vitest'
import { control, controls, controlsPath, programs } from '../testing/documents.ts'
import { createScene, dcm, gsp, type Scene } from '../testing/scene.ts'

describe('a trade', () => {
  const deal = { market: gsp, subject: dcm, tender: 'T' }
  const hour = { kind: 'delivery', awardedWattHours: 1000, start: 100, seconds: 3600, beforeWatts: 1000 } as const
  const judging =
    ({ engine }: Scene) =>
    (fact: Parameters<typeof engine.market>[0]) =>
      engine
        .market(fact, 10)
        .flatMap((one) => (one.kind === 'finding' ? [`${one.rule} ${one.subject === gsp ? 'market' : 'bidder'}`] : []))

  it('is judged by what can be given, by bids and by what was delivered, each once', () => {
    const judged = judging(createScene())
    expect(judged({ ...deal, kind: 'bid', watts: 5000 })).toEqual([])
    expect(judged({ ...deal, kind: 'bid', watts: 5100 })).toEqual(['PR-11 bidder'])
    expect(judged({ ...deal, kind: 'bid', watts: 5100 })).toEqual([])
    expect(judged({ ...deal, kind: 'award', watts: 5100 })).toEqual([])
    expect(judged({ ...deal, kind: 'award', watts: 5200 })).toEqual(['PR-11 market'])
    expect(judged({ ...deal, ...hour, wattHours: 800 })).toEqual([])
    expect(judged({ ...deal, ...hour, wattHours: 0 })).toEqual([])
    expect(judged({ ...deal, ...hour, tender: 'U', wattHours: 790 })).toEqual(['PR-11 bidder'])
    expect(judged({ ...deal, ...hour, tender: 'U', wattHours: 790 })).toEqual([])
  })

  it('of somebody suspect is for what it can be trusted with, and of somebody distrusted for nothing', () => {
    const scene = createScene()
    const judged = judging(scene)
    const chain = { version: 'TLSv1.2', cipher: 'ECDHE-ECDSA-AES128-CCM8', chainOk: false }
    scene.handshake(5, chain)
    expect(scene.engine.subject(dcm)?.vector).toMatchObject({ level: 2 })
    expect(judged({ ...deal, kind: 'bid', watts: 500 })).toEqual([])
    expect(judged({ ...deal, kind: 'bid', watts: 4000 })).toEqual(['PR-11 bidder'])
    scene.handshake(6, chain)
    expect(scene.engine.subject(dcm)?.vector.level).toBeGreaterThan(2)
    expect(judged({ ...deal, kind: 'bid', watts: 10 })).toEqual(['PR-11 bidder'])
  })

  it('is short of what the ramp takes: half of the change, for as long as the device may take to settle', () => {
    const judged = judging(createScene())
    const minute = { ...deal, kind: 'delivery', awardedWattHours: 25, start: 100, seconds: 60 } as const
    expect(judged({ ...minute, beforeWatts: 1500, wattHours: 19 })).toEqual(['PR-11 bidder'])
    // a quarter of an hour of 3 kW, from 1.5 kW by 50 W/s: 36 s at half of 1.5 kW are 7.5 Wh
    const quarter = { ...minute, tender: 'U', awardedWattHours: 750, seconds: 900, beforeWatts: 1500 }
    expect(judged({ ...quarter, wattHours: 595 })).toEqual([])
    expect(judged({ ...quarter, tender: 'V', wattHours: 590 })).toEqual(['PR-11 bidder'])
  })

  it('goes behind what the server orders in that time', () => {
    const scene = createScene()
    scene.get(1, '/edev/1/fsa/1/derp', programs)
    scene.get(2, controlsPath, controls(control({ opModMaxLimW: 1000 }, { interval: { start: 200, duration: 600 } })))
    const judged = judging(scene)
    expect(judged({ ...deal, ...hour, wattHours: 100 })).toEqual([])
    expect(judged({ ...deal, ...hour, tender: 'U', start: 3800, wattHours: 100 })).toEqual(['PR-11 bidder'])
  })
})
