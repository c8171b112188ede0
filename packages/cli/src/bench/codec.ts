import { decode, DERControlList, encode, makeMrid, type DERControl } from '@gridloom/sep2030'
import { XMLBuilder, XMLParser } from 'fast-xml-parser'
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
  return [
    figure(
      'decode',
      'fast-xml-parser XMLParser.parse',
      () => decode(DERControlList, bytes),
      () => parser.parse(bytes),
    ),
    figure(
      'encode',
      'fast-xml-parser XMLBuilder.build',
      () => encode(DERControlList, list),
      () => builder.build(parsed),
    ),
  ]
}

function figure(metric: string, reference: string, ours: () => unknown, theirs: () => unknown): BenchFigure {
  const own: number[] = []
  const other: number[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(rate(ours))
    other.push(rate(theirs))
  }
  const value = median(own)
  const referenceValue = median(other)
  return {
    bench: 'codec',
    metric,
    value,
    unit: 'documents/s',
    reference,
    referenceValue,
    ratio: value / referenceValue,
  }
}

/** How many times a second the work is done, for as long as a round takes. */
function rate(work: () => unknown): number {
  const start = performance.now()
  let count = 0
  let elapsed = 0
  while (elapsed < roundMs) {
    work()
    count += 1
    elapsed = performance.now() - start
  }
  return (count / elapsed) * 1000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
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
