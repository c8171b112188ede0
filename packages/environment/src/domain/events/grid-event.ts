import { SepError } from '@gridloom/sep2030'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'

const seconds = z.number().nonnegative()

const when = {
  at: seconds.describe('seconds from the first batch of a fleet on'),
  seconds: seconds.optional().describe('how long it lasts; for good when absent'),
  name: z.string().min(1).optional().describe('what logs call it'),
}
const where = {
  devices: z.array(z.string()).min(1).optional().describe('names or LFDIs; everywhere without devices and nodes'),
  nodes: z.array(z.coerce.string()).min(1).optional().describe('these nodes of the feeder and all below them'),
}
const ramp = { rampSeconds: seconds.default(0).describe('how long it takes to come, and to go again') }

/** What may happen to the grid. */
export const GridEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('voltage'),
    ...when,
    ...where,
    ...ramp,
    pu: z.number().min(0).max(2).describe('share of the voltage that there would be otherwise'),
  }),
  z.strictObject({ kind: z.literal('frequency'), ...when, ...ramp, hertz: z.number().positive() }),
  z.strictObject({
    kind: z.literal('load'),
    ...when,
    ...ramp,
    megawatts: z.number().describe('step of the load of the area, outside the feeder'),
  }),
  z.strictObject({
    kind: z.literal('cloud'),
    ...when,
    ...where,
    ...ramp,
    depth: z.number().min(0).max(1).describe('share of the sun that it takes'),
  }),
  z.strictObject({ kind: z.literal('outage'), ...when, ...where }),
  z.strictObject({
    kind: z.literal('communication'),
    ...when,
    ...where,
    link: z.enum(['server', 'device']).describe('DCM to GSP, or device to DCM'),
  }),
])
export type GridEvent = z.infer<typeof GridEvent>

/** What logs and the state call an event. */
export function nameOf({ name, kind, at }: GridEvent): string {
  return name ?? `${kind} at ${at} s`
}

/** Reads the events of a YAML or JSON file; an error says at which line and key what is wrong. */
export function parseGridEvents(text: string, file: string): GridEvent[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [fault] = document.errors
  if (fault) throw new SepError('invalid', `${file}:${fault.linePos?.[0].line ?? 1}: ${fault.message.split('\n')[0]}`)
  const value: unknown = document.toJS()
  const schema = Array.isArray(value) ? z.array(GridEvent) : z.strictObject({ events: z.array(GridEvent) })
  const parsed = schema.safeParse(value)
  if (!parsed.success) {
    const told = parsed.error.issues.map(({ path, message }) => {
      const line = lines.linePos(offsetOf(document, path)).line
      return `${file}:${line}: ${z.core.toDotPath(path)}: ${message}`
    })
    throw new SepError('invalid', told.join('\n'))
  }
  return Array.isArray(parsed.data) ? parsed.data : parsed.data.events
}

/** Where the value at a path begins, or what is nearest above it when it is missing. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (hasRange(node)) return node.range[0]
  }
  return 0
}

function hasRange(node: unknown): node is Readonly<{ range: readonly number[] & { 0: number } }> {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
