import { toActivePower } from '@gridloom/sep2030'
import { mridOf } from '../document.ts'
import type { Script } from './scene.ts'

/** The server asks of a battery twice what it can give. */
export const overNameplate: Script = {
  kind: 'battery',
  accused: ({ world }) => world.gsp.lfdi,
  run({ world, attacker: party, from, act }) {
    const { serial, rtgMaxW } = party.member
    world.later(from, (at) => {
      const mRID = mridOf(`too much for ${serial}`)
      const base = { opModTargetW: toActivePower(2 * rtgMaxW) }
      const event = { mRID, created: at, start: at + 400, duration: 900, base, act: act('order', world.gsp.lfdi) }
      world.publish(event, { program: 'own', party })
    })
  },
}

const swings = 12

/** The server sends a battery to and fro, minute by minute. */
export const oscillatingControl: Script = {
  kind: 'battery',
  accused: ({ world }) => world.gsp.lfdi,
  run({ world, attacker: party, from, act }) {
    const { serial, rtgMaxW } = party.member
    world.later(from, (at) => {
      for (let swing = 0; swing < swings; swing += 1) {
        const mRID = mridOf(`swing ${swing} of ${serial}`)
        const base = { opModTargetW: toActivePower((swing % 2 === 0 ? 0.6 : -0.6) * rtgMaxW) }
        const start = at + 400 + 45 * swing
        const event = { mRID, created: at, start, duration: 45, base, act: act('swings', world.gsp.lfdi) }
        world.publish(event, { program: 'own', party })
      }
    })
  },
}
