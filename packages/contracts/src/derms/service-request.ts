import { z } from 'zod'
import { Moment } from '../gsp-admin/common.ts'

const watts = z.number().min(-1e12).max(1e12)
const most = z.number().min(0).max(1e12)
const steps = z.array(watts).min(1).max(1440)

const common = {
  where: z
    .string()
    .min(1)
    .max(64)
    .describe('group (number, mRID or name), connection point, or name or LFDI of a device'),
  start: z.union([z.literal('now'), Moment]).default('now'),
  delay: z.uint32().default(0).describe('seconds after now; only with start "now"'),
  duration: z.uint32().min(10).max(604_800).describe('s'),
  name: z.string().min(1).max(32).optional(),
  fairness: z
    .enum(['price', 'equal', 'rotation'])
    .optional()
    .describe('how it is shared out; by configuration when absent'),
  price: z.number().nonnegative().optional().describe('paid to DERs per kWh; by their terms when absent'),
  delivered: z
    .number()
    .gt(0)
    .max(1)
    .default(0.95)
    .describe('an interval counts as delivered from this share of what was asked on'),
}

/** Settings that may last beyond whoever gave them. */
const lasting = {
  standing: z
    .boolean()
    .default(false)
    .describe(
      'given as default control of the group, the same for each device: holds whenever no event says otherwise, also while DERMS and server are away',
    ),
}

/** The point as a whole: its devices, and what else is known to flow there. */
const point = { otherW: watts.default(0).describe('net export at the point beside its devices, W') }

const Limit = z.strictObject({
  kind: z.literal('limit').describe('import or export of the point stays within; only who is needed moves'),
  importW: most.optional(),
  exportW: most.optional(),
  ...point,
  ...common,
})
const Target = z.strictObject({
  kind: z.literal('target').describe('the point exports so much, net'),
  targetW: watts,
  ...point,
  ...common,
})
const Profile = z.strictObject({
  kind: z.literal('profile').describe('a target that changes from step to step; the last one holds to the end'),
  stepSeconds: z.uint32().min(1),
  targetW: steps,
  ...point,
  ...common,
})
const Envelope = z.strictObject({
  kind: z.literal('envelope').describe('every device gets its own bound, so that they hold together whatever they do'),
  importW: most.optional(),
  exportW: most.optional(),
  ...lasting,
  ...common,
})
const Reserve = z.strictObject({
  kind: z.literal('reserve').describe('so much more or less export is held, and given when called'),
  direction: z.enum(['up', 'down']).default('up').describe('up: more export when called'),
  reserveW: z.number().positive(),
  callSeconds: z.uint32().min(1).default(300).describe('how long a call may last'),
  responseSeconds: z.uint32().min(1).default(60).describe('when it must be there after the call'),
  holdPrice: z
    .number()
    .nonnegative()
    .optional()
    .describe('paid to DERs for a kW that is held ready for an hour, called or not; by their terms when absent'),
  ...common,
})
const Regulation = z.strictObject({
  kind: z.literal('regulation').describe('follows a signal between -1 and 1 around what the devices would do'),
  regulationW: z.number().positive().describe('at signal 1'),
  holdSeconds: z.uint32().min(2).max(600).default(60).describe('how long a signal holds when no other comes'),
  ...common,
  delivered: z
    .number()
    .gt(0)
    .max(1)
    .default(0.75)
    .describe('an interval counts as delivered from this score of correlation, delay and precision on'),
})
const FrequencyResponse = z.strictObject({
  kind: z.literal('frequency-response').describe('droop settings by which the devices answer with so many W per Hz'),
  overWPerHz: most.default(0).describe('less export per Hz above the dead band'),
  underWPerHz: most.default(0).describe('more export per Hz below'),
  deadBandHz: z.number().min(0).max(5).default(0.036),
  openLoopSeconds: z.number().min(0).max(600).default(5),
  ...lasting,
  ...common,
})
const Voltage = z.strictObject({
  kind: z.literal('voltage').describe('a volt-var curve for a band of voltage, or reactive power to inject'),
  targetVar: watts.optional().describe('of the point, positive injects; shared out by what each can do'),
  band: z
    .strictObject({
      lowPercent: z.number().describe('of nominal volts: below it all of the strength is injected'),
      highPercent: z.number().describe('above it all of the strength is absorbed'),
      deadBandPercent: z.number().min(0).optional(),
      strengthPercent: z.number().min(0).max(100).optional().describe('of the most var of each device'),
    })
    .optional(),
  ...lasting,
  ...common,
})
const BlackStart = z.strictObject({
  kind: z.literal('black-start').describe('picks up groups one after the other as generation allows'),
  groups: z.array(z.string().min(1)).min(1).max(100).describe('in the order of their priority'),
  availableW: most.describe('generation there is; changed by signals'),
  coldLoadFactor: z.number().min(1).max(10).default(2).describe('what a group takes at first, of its usual load'),
  coldLoadSeconds: z.uint32().default(900).describe('until that is over'),
  stepSeconds: z.uint32().min(1).default(30).describe('between two pick-ups at least'),
  ...common,
})

const serviceKinds = [
  'limit',
  'target',
  'profile',
  'envelope',
  'reserve',
  'regulation',
  'frequency-response',
  'voltage',
  'black-start',
] as const satisfies readonly ServiceKind[]

/** What a grid operator asks for: what, where, when, how much, at which price, and what counts as delivered. */
export const ServiceRequest = z
  .discriminatedUnion('kind', [
    Limit,
    Target,
    Profile,
    Envelope,
    Reserve,
    Regulation,
    FrequencyResponse,
    Voltage,
    BlackStart,
  ])
  .refine(({ start, delay }) => start === 'now' || delay === 0, { path: ['delay'], error: 'only with start "now"' })
  .refine(
    (request) =>
      (request.kind !== 'limit' && request.kind !== 'envelope') || (request.importW ?? request.exportW) !== undefined,
    { path: ['importW'], error: 'neither importW nor exportW' },
  )
  .refine(
    (request) => request.kind !== 'voltage' || (request.targetVar === undefined) !== (request.band === undefined),
    {
      path: ['targetVar'],
      error: 'name either targetVar or band',
    },
  )
  .refine((request) => request.kind !== 'voltage' || !request.standing || request.band !== undefined, {
    path: ['standing'],
    error: 'only with a band',
  })
export type ServiceRequest = z.infer<typeof ServiceRequest>
export type ServiceRequestInput = z.input<typeof ServiceRequest>
export type ServiceKind = ServiceRequest['kind']

/** Calls a reserve: all of it, or so many W, for as long as was agreed or shorter. */
export const ServiceCall = z.strictObject({
  watts: z.number().positive().optional(),
  seconds: z.uint32().min(1).optional(),
})
export type ServiceCall = z.infer<typeof ServiceCall>

/** What a running service is told: the signal of a regulation, or the generation that a black start can use. */
export const ServiceSignal = z.union([
  z.strictObject({ signal: z.number().min(-1).max(1) }),
  z.strictObject({ availableW: most }),
])
export type ServiceSignal = z.infer<typeof ServiceSignal>

/** What an owner lets a DER be used for, and at which price: its subscription. */
export const DerTerms = z.strictObject({
  services: z.array(z.enum(serviceKinds)).optional().describe('kinds it takes part in; all when absent'),
  upPrice: z.number().nonnegative().optional().describe('per kWh above what it would do'),
  downPrice: z.number().nonnegative().optional().describe('per kWh below'),
  holdPrice: z.number().nonnegative().optional().describe('for a kW that is held ready for an hour'),
  reserveShare: z.number().min(0).max(1).optional().describe('of a store that is never given'),
})
export type DerTerms = z.infer<typeof DerTerms>
