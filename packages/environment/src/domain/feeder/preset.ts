import type { GeneratedFile } from './generate.ts'

/** A feeder of n nodes to draw, 12.47 kV: loads and lengths shrink as it grows, so that every size is as far from its limit. */
export function presetOf(n: number, seed = n): GeneratedFile {
  const loadKw = Math.min(50, 10_000 / n)
  return {
    format: 'gridloom.feeder-generated/1',
    rule: 'gridgen/1',
    parameters: {
      name: `gen${n}`,
      n,
      seed,
      extend: 0.6,
      lengthM: 3900 / Math.log(n),
      loadKw,
      derKw: 0.8 * loadKw,
      capKvar: 200,
      kvLL: 12.47,
      sourcePu: 1.02,
      taps: { a: 4, b: 2, c: 5 },
      loadShare: 0.7,
      derShare: 0.2,
    },
    lineConfigs: { F3: trunk, L: lateral },
  }
}

const trunk: GeneratedFile['lineConfigs']['F3'] = {
  unit: 'km',
  phases: 'abc',
  r: [
    [0.215, 0.097, 0.098],
    [0.097, 0.21, 0.095],
    [0.098, 0.095, 0.212],
  ],
  x: [
    [0.632, 0.312, 0.263],
    [0.312, 0.651, 0.239],
    [0.263, 0.239, 0.643],
  ],
  b: [
    [3.91, -1.24, -0.78],
    [-1.24, 3.7, -0.46],
    [-0.78, -0.46, 3.5],
  ],
}

const lateral: GeneratedFile['lineConfigs']['L'] = {
  unit: 'km',
  phases: 'abc',
  r: [
    [0.82, 0.128, 0.131],
    [0.128, 0.824, 0.128],
    [0.131, 0.128, 0.826],
  ],
  x: [
    [0.842, 0.285, 0.34],
    [0.285, 0.837, 0.263],
    [0.34, 0.263, 0.838],
  ],
  b: [
    [3, -0.56, -0.66],
    [-0.56, 2.9, -0.45],
    [-0.66, -0.45, 2.85],
  ],
}
