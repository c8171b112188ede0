import { type View, valueOf } from '../view.ts'

/** Why a point must not have the value that was written; undefined when it may. */
export function offence(view: View, name: string): string | undefined {
  const [least, most] = boundsOf(view, name)
  const value = valueOf(view, name)
  if (value !== undefined && value >= least && value <= most) return undefined
  return `${name} is ${value}, not from ${least} to ${most}`
}

const modes: Readonly<Record<string, number>> = { StorCtl_Mod: 3, VArPct_Mod: 3, VarSetMod: 4, WSetMod: 1, WRmpRef: 1 }
const switches = new Set(['Conn', 'ES', 'WMaxLim_Ena', 'OutPFSet_Ena', 'VArPct_Ena', 'Ena'])
const signed = new Set(['WSetPct', 'VarSetPct', 'WSetPctRvrt', 'VarSetPctRvrt', 'OutWRte', 'InWRte'])

function boundsOf(view: View, name: string): readonly [number, number] {
  const mode = modes[name]
  if (mode !== undefined) return [0, mode]
  if (switches.has(name) || /(Ena|EnaRvrt|\.Ext)$/.test(name)) return [0, 1]
  if (/^WMaxLimPct(Rvrt)?$/.test(name)) return [0, 100]
  if (signed.has(name) || /^VAr(WMax|Max|Aval)Pct$/.test(name)) return [-100, 100]
  if (name === 'OutPFSet') return [-1, 1]
  if (name.endsWith('.PF')) return [0, 1]
  if (name === 'AdptCrvReq') return [1, valueOf(view, 'NCrv') ?? 1]
  return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
}
