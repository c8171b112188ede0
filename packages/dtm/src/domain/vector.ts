import { anomalyCount } from './anomalies.ts'
import { effectiveTrust, opinionOf } from './opinion.ts'
import { defaults, type Category, type Level, type TrustParameters } from './parameters.ts'
import { perCategory, type TrustFile } from './trust-file.ts'

type Entry = 'r' | 's' | 'a' | 'T' | 'b' | 'd' | 'u' | 'C' | `T_${Category}` | 'Te' | 'n24'

/** The trust vector as it is published (§3): 17 entries. */
export type MetricVector = Readonly<Record<Entry, number> & { level: Level }>

/** The published vector of a file, rounded to four decimals; decisions are taken on the file itself. */
export function metricVectorOf(file: TrustFile, parameters: TrustParameters = defaults): MetricVector {
  const { a, level, anomalies } = file
  const trusts = perCategory((c) => rounded(opinionOf({ r: file.rc[c], s: file.sc[c], a }, parameters).T))
  const { T, b, d, u, C } = opinionOf(file, parameters)
  return {
    r: rounded(file.r),
    s: rounded(file.s),
    a: rounded(a),
    T: rounded(T),
    b: rounded(b),
    d: rounded(d),
    u: rounded(u),
    C: rounded(C),
    T_identity: trusts.identity,
    T_format: trusts.format,
    T_timing: trusts.timing,
    T_protocol: trusts.protocol,
    T_physics: trusts.physics,
    T_availability: trusts.availability,
    Te: rounded(effectiveTrust(file, parameters)),
    n24: anomalyCount(anomalies),
    level,
  }
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
