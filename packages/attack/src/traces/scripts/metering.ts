import type { Moment } from '../plant.ts'
import { orderAt } from '../world.ts'
import type { Script } from './scene.ts'

/** The meter claims a third more than the device can give. */
export const lyingMeter: Script = {
  kind: 'pv',
  run({ world, attacker, from, act }) {
    world.later(from, () => {
      attacker.behaviour.current = {
        meter: (truth, at) => ({ moment: claimed(truth, attacker.member.rtgMaxW), act: act(`reading ${at}`) }),
      }
    })
  },
}

const tenReadings = 600

/** The meter says the same for ever; that is evident whenever it has done so ten times. */
export const frozenMeter: Script = {
  kind: 'battery',
  run({ world, attacker, from, act }) {
    let stuck: Moment | undefined
    world.later(from, () => {
      attacker.behaviour.current = {
        meter(truth, at) {
          stuck ??= truth
          const block = Math.floor((at - from) / tenReadings)
          const isEvident = block > 0 && from + (block + 1) * tenReadings < world.end
          return { moment: stuck, act: isEvident ? act(`ten readings ${block}`) : undefined }
        },
      }
    })
  },
}

/** Neither heeds its orders nor answers for them; evident in the second reading above a limit that has settled. */
export const silentOptOut: Script = {
  kind: 'pv',
  run({ world, attacker, from, act }) {
    let above = 0
    world.later(from, () => {
      attacker.behaviour.current = {
        optsOut: true,
        meter(truth, at) {
          const { limitW = Infinity } = orderAt({ ...attacker, behaviour: { current: {} } }, at)
          above = truth.watts > limitW + 0.05 * attacker.member.rtgMaxW ? above + 1 : 0
          return { moment: truth, act: above > 2 ? act(`reading ${at}`) : undefined }
        },
      }
    })
  },
}

const cycle = 6

/** Lies in two readings of six, in the hope that the others make up for them. */
export const onOff: Script = {
  kind: 'pv',
  run({ world, attacker, from, act }) {
    let count = 0
    world.later(from, () => {
      attacker.behaviour.current = {
        meter(truth, at) {
          count += 1
          if (count % cycle > 1) return { moment: truth }
          return { moment: claimed(truth, attacker.member.rtgMaxW), act: act(`reading ${at}`) }
        },
      }
    })
  },
}

function claimed(truth: Moment, rtgMaxW: number): Moment {
  return { ...truth, watts: Math.round(1.3 * rtgMaxW + 0.05 * truth.watts) }
}
