import { z } from 'zod'

const Phases = z.string().regex(/^(?=.)a?b?c?$/, 'phases are some of "abc", in that order')
const Triple = z.tuple([z.number(), z.number(), z.number()])
const Matrix = z.tuple([Triple, Triple, Triple])
const PerPhase = z.object({ a: z.number(), b: z.number(), c: z.number() }).partial()
const Connection = z.enum(['Y', 'D'])
const Model = z.enum(['PQ', 'I', 'Z'])

export const Taps = z.object({ a: z.int(), b: z.int(), c: z.int() }).partial()
export type Taps = z.infer<typeof Taps>

export const LineConfig = z.object({
  unit: z.enum(['ft', 'kft', 'mi', 'm', 'km']),
  phases: Phases,
  r: Matrix,
  x: Matrix,
  b: Matrix,
})
export type LineConfig = z.infer<typeof LineConfig>

const Line = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  phases: Phases,
  length: z.number().nonnegative(),
  unit: z.enum(['ft', 'kft', 'mi', 'm', 'km']),
  config: z.string(),
})
export type Line = z.infer<typeof Line>

const Transformer = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  kva: z.number().positive(),
  connection: z.enum(['YgYg', 'DD']),
  rPercent: z.number().nonnegative(),
  xPercent: z.number().nonnegative(),
})
export type Transformer = z.infer<typeof Transformer>

const TapControl = z.object({
  bandCenterV: z.number().positive(),
  bandwidthV: z.number().positive(),
  ptRatio: z.number().positive(),
  ctPrimaryA: z.number().positive(),
  rV: PerPhase,
  xV: PerPhase,
})

const Regulator = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  phases: Phases,
  stepPu: z.number().positive(),
  maxTap: z.int().positive(),
  taps: Taps,
  ganged: z.boolean().default(false),
  control: TapControl.optional(),
})
export type Regulator = z.infer<typeof Regulator>

const Switch = z.object({ id: z.string(), from: z.string(), to: z.string(), phases: Phases, closed: z.boolean() })

const Capacitor = z.object({ node: z.string(), connection: Connection, kvar: PerPhase })

const Load = z.object({
  id: z.string(),
  node: z.string(),
  connection: Connection,
  model: Model,
  kw: Triple,
  kvar: Triple,
})
export type Load = z.infer<typeof Load>

const DistributedLoad = Load.omit({ id: true, node: true }).extend({ from: z.string(), to: z.string() })
export type DistributedLoad = z.infer<typeof DistributedLoad>

export const Der = z.object({
  id: z.string(),
  node: z.string(),
  connection: Connection,
  kw: Triple,
  kvar: Triple,
  kvaRated: z.number().positive().optional(),
  phases: Phases.optional(),
})
export type Der = z.infer<typeof Der>

const Node = z.object({ id: z.string(), kvLL: z.number().positive(), phases: Phases })

/** A feeder as `gridloom.feeder/1` writes it: what stands where, in volts, ohms and kilowatts. */
export const FeederFile = z.object({
  format: z.literal('gridloom.feeder/1'),
  name: z.string(),
  source: z.object({ node: z.string(), kvLL: z.number().positive(), pu: Triple, angleDeg: Triple }),
  nodes: z.array(Node).min(1),
  lineConfigs: z.record(z.string(), LineConfig),
  lines: z.array(Line),
  transformers: z.array(Transformer).default([]),
  regulators: z.array(Regulator).default([]),
  switches: z.array(Switch).default([]),
  capacitors: z.array(Capacitor).default([]),
  loads: z.array(Load).default([]),
  distributedLoads: z.array(DistributedLoad).default([]),
  ders: z.array(Der).default([]),
})
export type FeederFile = z.infer<typeof FeederFile>
