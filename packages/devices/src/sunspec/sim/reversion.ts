import { acControls } from '../models/der.ts'
import { immediateControls, storageControls } from '../models/legacy.ts'
import { type View, valueOf } from '../view.ts'
import { type Block, type Image, put } from './image.ts'

/** A function that is let go of after a silence: the points that belong to it all begin with its prefix. */
type Reverting = Readonly<{
  model: typeof acControls | typeof immediateControls | typeof storageControls
  belongs: RegExp
  seconds: string
  remaining?: string
  /** What holds afterwards. */
  revert: (view: View) => Readonly<Record<string, number>>
}>

const reverting: readonly Reverting[] = [
  der(/^WMaxLimPct/, 'WMaxLimPct', ({ get }) => ({
    WMaxLimPctEna: get('WMaxLimPctEnaRvrt'),
    WMaxLimPct: get('WMaxLimPctRvrt'),
  })),
  der(/^WSet/, 'WSet', ({ get }) => ({
    WSetEna: get('WSetEnaRvrt'),
    WSet: get('WSetRvrt'),
    WSetPct: get('WSetPctRvrt'),
  })),
  der(/^VarSet/, 'VarSet', ({ get }) => ({
    VarSetEna: get('VarSetEnaRvrt'),
    VarSet: get('VarSetRvrt'),
    VarSetPct: get('VarSetPctRvrt'),
  })),
  ...(['PFWInj', 'PFWAbs'] as const).map((side) =>
    der(new RegExp(`^${side}`), side, ({ get }) => ({
      [`${side}Ena`]: get(`${side}EnaRvrt`),
      [`${side}.PF`]: get(`${side}Rvrt.PF`),
      [`${side}.Ext`]: get(`${side}Rvrt.Ext`),
    })),
  ),
  legacy(/^WMaxLim/, 'WMaxLimPct_RvrtTms', 'WMaxLim_Ena'),
  legacy(/^OutPFSet/, 'OutPFSet_RvrtTms', 'OutPFSet_Ena'),
  legacy(/^VAr/, 'VArPct_RvrtTms', 'VArPct_Ena'),
  legacy(/^Conn/, 'Conn_RvrtTms', 'Conn', 1),
  {
    model: storageControls,
    belongs: /^(StorCtl_Mod|OutWRte|InWRte|InOutWRte)/,
    seconds: 'InOutWRte_RvrtTms',
    revert: () => ({ StorCtl_Mod: 0 }),
  },
]

type Get = Readonly<{ get: (name: string) => number }>

function der(belongs: RegExp, prefix: string, revert: (values: Get) => Readonly<Record<string, number>>): Reverting {
  return {
    model: acControls,
    belongs,
    seconds: `${prefix}RvrtTms`,
    remaining: `${prefix}RvrtRem`,
    revert: (view) => revert({ get: (name) => valueOf(view, name) ?? 0 }),
  }
}

function legacy(belongs: RegExp, seconds: string, name: string, value = 0): Reverting {
  return { model: immediateControls, belongs, seconds, revert: () => ({ [name]: value }) }
}

/** The reversion timers of the simulator: each begins anew when one of its function's points is written. */
export type Reversion = Readonly<{
  wrote(block: Block, name: string, now: number): void
  /** When the next one runs out; Infinity while none runs. */
  nextAt(): number
  /** Lets those run out whose time has come, and shows how much time the others have left. */
  pass(now: number): void
}>

export function createReversion(image: Image): Reversion {
  const running = new Map<Reverting, number>()
  const blockOf = (one: Reverting): Block<string> | undefined => image.block<string>(one.model)
  return {
    wrote(block, name, now) {
      for (const one of reverting) {
        if (one.model.id !== block.id || !one.belongs.test(name)) continue
        const seconds = valueOf(block as View<string>, one.seconds) ?? 0
        if (seconds > 0) running.set(one, now + seconds)
        else running.delete(one)
      }
    },
    nextAt: () => Math.min(...running.values()),
    pass(now) {
      for (const [one, at] of running) {
        const block = blockOf(one)
        if (!block) continue
        if (at <= now) {
          running.delete(one)
          put(block, one.revert(block))
        }
        if (one.remaining) put(block, { [one.remaining]: Math.max(0, at - now) })
      }
    },
  }
}
