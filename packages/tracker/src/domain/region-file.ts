import { z } from 'zod'

const Amount = z.number().nonnegative()
const Id = z.string().min(1)
const ImportanceClass = z.int().min(0).max(9)

const Generator = z.discriminatedUnion('kind', [
  z.strictObject({ id: Id, kind: z.literal('stochastic'), capacityKw: Amount, availableKw: Amount }),
  z.strictObject({ id: Id, kind: z.literal('fixed'), capacityKw: Amount, online: z.boolean() }),
  z.strictObject({
    id: Id,
    kind: z.literal('continuous'),
    capacityKw: Amount,
    outputKw: Amount,
    merit: z.number().default(1),
  }),
])

const Storage = z.strictObject({
  id: Id,
  mode: z.enum(['charging', 'idle', 'discharging', 'sleeping']),
  chargingRateKw: Amount,
  dischargeRateKw: Amount,
  availableKwh: Amount,
  capacityKwh: z.number().positive(),
  reserveKwh: Amount.default(0),
  dischargeKw: Amount.default(0),
})

const Consumer = z
  .strictObject({
    id: Id,
    class: ImportanceClass,
    stochasticKw: Amount,
    deferrableKw: Amount,
    drKw: Amount,
    stochasticMaxKw: Amount.optional(),
    shed: z.boolean().default(false),
  })
  .superRefine(({ drKw, deferrableKw }, context) => {
    if (drKw <= deferrableKw) return
    const message = `${drKw} kW is more than the deferrable ${deferrableKw} kW`
    context.addIssue({ code: 'custom', path: ['drKw'], message })
  })

export const BalanceGiven = z.strictObject({
  safety: z.number().min(0).max(1).default(0.1),
  stochasticHeadroom: Amount.default(1),
  generators: distinct(Generator),
  storages: distinct(Storage),
  consumers: distinct(Consumer),
})

export const MatchGiven = z.strictObject({
  generators: distinct(z.strictObject({ id: Id, usableKw: Amount, feeder: Id.optional() })),
  consumers: distinct(z.strictObject({ id: Id, class: ImportanceClass, demandKw: Amount, feeder: Id.optional() })),
  previous: z.record(Id, Id).optional(),
})

export const TicksGiven = z.strictObject({
  availableKwh: Amount,
  dischargeKw: Amount,
  chargingRateKw: Amount,
  tickH: z.number().positive(),
})

const HashGiven = z.strictObject({ name: z.string(), regions: z.int().positive() })

/** One round of a region in the form of the region vectors; what a file expects is not read. */
export const RegionFile = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('balance'), given: BalanceGiven }),
    z.object({ kind: z.literal('match'), given: MatchGiven }),
    z.object({ kind: z.literal('storage-ticks'), given: TicksGiven }),
    z.object({ kind: z.literal('hash'), cases: z.array(z.object({ given: HashGiven })) }),
  ],
  { error: ({ input }) => unknownKind(input) },
)

export type RegionFile = z.infer<typeof RegionFile>
export type BalanceGiven = z.infer<typeof BalanceGiven>
export type MatchGiven = z.infer<typeof MatchGiven>
export type TicksGiven = z.infer<typeof TicksGiven>

function distinct<T extends z.ZodType<Readonly<{ id: string }>>>(item: T) {
  return z.array(item).superRefine((items, context) => {
    const seen = new Set<string>()
    for (const [index, { id }] of items.entries()) {
      if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" stands twice` })
      seen.add(id)
    }
  })
}

function unknownKind(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('kind' in input)) return undefined
  return `no kind ${JSON.stringify(input.kind)}: it is balance, match, storage-ticks or hash`
}
