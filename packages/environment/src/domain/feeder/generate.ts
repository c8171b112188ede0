import { z } from 'zod'
import { LineConfig, Taps, type FeederFile } from './feeder-file.ts'
import { has, maskOf, pairsOf, type Triple } from './phases.ts'
import { mulberry32 } from './mulberry32.ts'

const Share = z.number().min(0).max(1)

/** A feeder that is drawn and not listed, rule `gridgen/1`. */
export const GeneratedFile = z.object({
  format: z.literal('gridloom.feeder-generated/1'),
  rule: z.literal('gridgen/1'),
  parameters: z.object({
    name: z.string(),
    n: z.int().min(2).max(10_000_000),
    seed: z.uint32(),
    extend: Share,
    lengthM: z.number().positive(),
    loadKw: z.number().nonnegative(),
    derKw: z.number().nonnegative(),
    capKvar: z.number().nonnegative(),
    kvLL: z.number().positive(),
    sourcePu: z.number().positive(),
    taps: Taps,
    loadShare: Share,
    derShare: Share,
  }),
  lineConfigs: z.object({ F3: LineConfig, L: LineConfig }),
})
export type GeneratedFile = z.infer<typeof GeneratedFile>
type Parameters = GeneratedFile['parameters']

type Power = Readonly<{ kw: Triple; kvar: Triple }>
export type DrawnNode = Readonly<{
  parent: number | undefined
  phases: string
  lengthM: number
  load?: Power & Readonly<{ connection: 'Y' | 'D'; model: 'PQ' | 'I' | 'Z' }>
  der?: Power
}>

/** Draws the nodes in order; which number is drawn when is the rule itself. */
export function drawNodes(parameters: Parameters): DrawnNode[] {
  const u = mulberry32(parameters.seed)
  const nodes: DrawnNode[] = [
    { parent: undefined, phases: 'abc', lengthM: 0 },
    { parent: 0, phases: 'abc', lengthM: 0 },
  ]
  for (let i = 2; i < parameters.n; i += 1) {
    const parent = u() < parameters.extend ? i - 1 : 1 + Math.floor(u() * (i - 1))
    const phases = drawPhases(nodes[parent]?.phases ?? '', u)
    const lengthM = thousandths((0.2 + 1.6 * u()) * parameters.lengthM)
    const load = u() < parameters.loadShare ? drawLoad(phases, parameters, u) : undefined
    const der = u() < parameters.derShare ? drawDer(phases, parameters, u) : undefined
    nodes.push({ parent, phases, lengthM, ...(load && { load }), ...(der && { der }) })
  }
  return nodes
}

function drawPhases(of: string, u: () => number): string {
  const w = u()
  const pick = () => of[Math.floor(u() * of.length)] ?? ''
  if (of.length === 3) return w < 0.9 ? of : w < 0.94 ? of.replace(pick(), '') : pick()
  return of.length === 1 || w < 0.8 ? of : pick()
}

function drawLoad(phases: string, { loadKw }: Parameters, u: () => number): DrawnNode['load'] {
  const m = u()
  const model = m < 0.5 ? 'PQ' : m < 0.75 ? 'I' : 'Z'
  const connection = u() < 0.25 && phases.length >= 2 ? 'D' : 'Y'
  const mask = maskOf(phases)
  const present = connection === 'Y' ? mask : pairsOf(mask)
  const drawn = drawBranches(present, () => {
    const kw = thousandths((0.2 + 1.6 * u()) * loadKw)
    return [kw, thousandths(kw * (0.1 + 0.5 * u()))]
  })
  return { connection, model, ...drawn }
}

function drawDer(phases: string, { derKw }: Parameters, u: () => number): Power {
  return drawBranches(maskOf(phases), () => {
    const kw = thousandths((0.5 + u()) * derKw)
    return [kw, thousandths((u() - 0.5) * 0.4 * kw)]
  })
}

function drawBranches(present: number, draw: () => readonly [number, number]): Power {
  const [a, b, c] = [0, 1, 2].map((branch) => (has(present, branch) ? draw() : [0, 0]))
  return { kw: [a?.[0] ?? 0, b?.[0] ?? 0, c?.[0] ?? 0], kvar: [a?.[1] ?? 0, b?.[1] ?? 0, c?.[1] ?? 0] }
}

function thousandths(x: number): number {
  return Math.floor(1000 * x + 0.5) / 1000
}

/** The first three-phase node of the second half, or the last one before it. */
function capacitorNodeOf(nodes: readonly DrawnNode[]): number {
  const half = Math.floor(nodes.length / 2)
  const later = nodes.findIndex(({ phases }, index) => index >= half && phases === 'abc')
  return later >= 0 ? later : nodes.findLastIndex(({ phases }) => phases === 'abc')
}

/** The drawn nodes as a feeder: node 0 the source, node 1 behind the regulator, ids their numbers. */
export function generateFeeder({ parameters, lineConfigs }: GeneratedFile, nodes = drawNodes(parameters)): FeederFile {
  const { name, kvLL, sourcePu, taps, capKvar } = parameters
  const numbered = nodes.map((node, index) => ({ ...node, id: String(index) }))
  return {
    format: 'gridloom.feeder/1',
    name,
    source: { node: '0', kvLL, pu: [sourcePu, sourcePu, sourcePu], angleDeg: [0, -120, 120] },
    nodes: numbered.map(({ id, phases }) => ({ id, kvLL, phases })),
    lineConfigs,
    lines: numbered.slice(2).map(({ id, parent, phases, lengthM }) => ({
      id,
      from: String(parent),
      to: id,
      phases,
      length: lengthM,
      unit: 'm' as const,
      config: phases === 'abc' ? 'F3' : 'L',
    })),
    transformers: [],
    regulators: [{ id: 'RG', from: '0', to: '1', phases: 'abc', stepPu: 0.00625, maxTap: 16, taps, ganged: false }],
    switches: [],
    capacitors: [
      { node: String(capacitorNodeOf(nodes)), connection: 'Y', kvar: { a: capKvar, b: capKvar, c: capKvar } },
    ],
    loads: numbered.flatMap(({ id, load }) => (load ? [{ id, node: id, ...load, ...copied(load) }] : [])),
    distributedLoads: [],
    ders: numbered.flatMap(({ id, der }) => (der ? [{ id, node: id, connection: 'Y' as const, ...copied(der) }] : [])),
  }
}

function copied({ kw, kvar }: Power): { kw: [number, number, number]; kvar: [number, number, number] } {
  return { kw: [...kw], kvar: [...kvar] }
}
