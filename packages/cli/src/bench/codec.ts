import { decode, DERControlList, encode, makeMrid, type DERControl } from '@gridloom/sep2030'
import { XMLBuilder, XMLParser } from 'fast-xml-parser'
import { byTurns } from './by-turns.ts'
import type { BenchFigure } from './figure.ts'

const rounds = 40
const roundMs = 25

/** Our codec, validating, against fast-xml-parser, which does not, on a list of 50 controls in turns of the same length. */
export async function benchCodec(): Promise<BenchFigure[]> {
  const list = controlList(50)
  const bytes = encode(DERControlList, list)
  const parser = new XMLParser({ ignoreAttributes: false })
  const builder = new XMLBuilder({ ignoreAttributes: false })
  const parsed: unknown = parser.parse(bytes)
  const shared = { bench: 'codec', unit: 'documents/s', rounds, roundMs }
  return [
    byTurns({
      ...shared,
      metric: 'decode',
      reference: 'fast-xml-parser XMLParser.parse',
      ours: () => decode(DERControlList, bytes),
      theirs: () => parser.parse(bytes),
    }),
    byTurns({
      ...shared,
      metric: 'encode',
      reference: 'fast-xml-parser XMLBuilder.build',
      ours: () => encode(DERControlList, list),
      theirs: () => builder.build(parsed),
    }),
  ]
}

function controlList(count: number): DERControlList {
  const DERControl = Array.from({ length: count }, (_, i) => control(i))
  return { href: '/derp/1/derc', subscribable: 1, all: count, results: count, DERControl }
}

function control(i: number): DERControl {
  const start = 1_790_000_000 + 300 * i
  return {
    href: `/derp/1/derc/${i}`,
    replyTo: '/rsps/1/rsp',
    responseRequired: '03',
    mRID: makeMrid(40_732, Buffer.from(`control ${String(i).padStart(4, '0')}`)),
    description: `Limit of the feeder, ${i}`,
    version: 1,
    creationTime: start - 600,
    EventStatus: { currentStatus: 0, dateTime: start - 600, potentiallySuperseded: false },
    interval: { duration: 300, start },
    randomizeDuration: 10,
    randomizeStart: 60,
    DERControlBase: {
      opModConnect: true,
      opModEnergize: true,
      opModFixedVar: { refType: 1, value: 1200 },
      opModMaxLimW: 5000 + i,
      opModTargetW: { multiplier: 0, value: 4000 + i },
    },
    deviceCategory: '00200000',
  }
}
