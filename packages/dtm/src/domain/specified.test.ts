import { expect, it } from 'vitest'
import { observe, type Finding, type Message } from './observe.ts'
import { baseRates, defaults, type Category, type Severity } from './parameters.ts'
import { createTrustFile, forget, type TrustFile } from './trust-file.ts'
import { metricVectorOf } from './vector.ts'

type Step = (file: TrustFile) => TrustFile

const usual: readonly Category[] = ['identity', 'format', 'timing', 'protocol']

// §9 of the specification: number, steps, then r, s, T, C, Te, level
const table: readonly (readonly [string, readonly Step[], readonly number[]])[] = [
  ['1', [], [0, 0, 0.5, 0, 0.5, 1]],
  ['2', [good({ g: 4 })], [4, 0, 0.8333, 0.6667, 0.8333, 0]],
  ['3', [good()], [1, 0, 0.6667, 0.3333, 0.6667, 1]],
  ['4', times(10, good()), [10, 0, 0.9167, 0.8333, 0.9167, 0]],
  ['5', times(10, good({ g: 0.25 })), [2.5, 0, 0.7778, 0.5556, 0.7778, 1]],
  ['6', times(100, good()), [98, 0, 0.99, 0.98, 0.99, 0]],
  ['7', [...times(10, good()), bad('minor', 'format')], [10, 1, 0.8462, 0.8462, 0.8462, 0]],
  ['8', [...times(10, good()), bad('moderate', 'timing')], [10, 4, 0.6875, 0.875, 0.6875, 1]],
  ['9', [...times(100, good()), bad('major', 'identity')], [98, 10, 0.9, 0.9818, 0.9, 2]],
  ['10', [...times(100, good()), bad('critical', 'identity')], [98, 30, 0.7615, 0.9846, 0.7615, 4]],
  ['11', lying(), [98, 30, 0.7615, 0.9846, 0.5827, 2]],
  ['12', [...times(10, good()), idle(172_800)], [5, 0, 0.8571, 0.7143, 0.8571, 0]],
  ['13a', [bad('major', 'physics')], [0, 10, 0.0833, 0.8333, 0.0833, 2]],
  ['13b', [bad('major', 'physics'), idle(345_600)], [0, 5, 0.1429, 0.7143, 0.1429, 2]],
  ['13c', [good({ g: 4 }), bad('major', 'physics')], [4, 10, 0.3125, 0.875, 0.1979, 2]],
  ['14', times(4, ...cycle()), [36, 16, 0.6852, 0.963, 0.6852, 1]],
  ['15', times(5, ...cycle()), [45, 20, 0.6866, 0.9701, 0.6866, 2]],
  ['16', spaced(600, times(10, ...cycle())), [79.9882, 37.9142, 0.6755, 0.9833, 0.6755, 1]],
  ['17', times(10, good({ delta: 0.5 })), [5, 0, 0.8571, 0.7143, 0.8571, 0]],
  ['19', spaced(300, times(12, good())), [11.9209, 0, 0.9282, 0.8563, 0.9282, 0]],
  ['20', [...times(10, good()), threefold()], [10, 5, 0.6471, 0.8824, 0.395, 2]],
  ['21', times(3, bad('minor', 'format')), [0, 3, 0.2, 0.6, 0.2, 3]],
  ['22', [good({ g: 4 }), ...times(3, bad('minor', 'format'))], [4, 3, 0.5556, 0.7778, 0.5556, 1]],
  ['23', [...times(10, good()), doubted()], [10, 1.6, 0.8088, 0.8529, 0.8088, 0]],
]

it.each(table)('reproduces sequence %s of the specification', (_, steps, wanted) => {
  expect(figuresOf(after(steps))).toEqual(wanted)
})

it('reproduces sequence 18: one critical finding blocks an unknown peer', () => {
  const file = after([bad('critical', 'identity')], baseRates.unknown)
  expect(figuresOf(file)).toEqual([0, 30, 0.0063, 0.9375, 0.0063, 4])
})

it.each([
  ['11', lying(), 0.4038],
  ['13c', [good({ g: 4 }), bad('major', 'physics')], 0.0833],
  ['20', [...times(10, good()), threefold()], 0.1429],
] as const)('holds the physics of sequence %s against it', (_, steps, wanted) => {
  expect(metricVectorOf(after(steps)).T_physics).toBe(wanted)
})

it('recovers as in timeline A: one step at a time, after a good run and a while at each level', () => {
  const steps = sequence(0, 60, 40, good()).concat(at(2400, bad('major', 'timing')), sequence(2460, 60, 30, good()))
  const course = (count: number) => {
    const { r, s, Te, level } = metricVectorOf(after(steps.slice(0, count)))
    return [r, s, Te, level]
  }
  expect(course(40)).toEqual([39.8129, 0, 0.9761, 0])
  expect(course(41)).toEqual([39.8033, 10, 0.7877, 2])
  expect(course(60)[3]).toBe(2)
  expect(course(61)).toEqual([59.5665, 9.976, 0.8466, 1])
  expect(course(70)[3]).toBe(1)
  expect(course(71)).toEqual([69.4125, 9.964, 0.8653, 0])
})

it('loses trust in false metering as in timeline B', () => {
  const clean = sequence(0, 300, 12, good({ tests: [...usual, 'physics'] }))
  const lies = sequence(3600, 300, 6, found([{ category: 'physics', severity: 'major', q: 0.9 }]))
  const course = [12, 13, 14, 15, 16, 18].map((count) => {
    const { r, s, Te, level } = metricVectorOf(after([...clean, ...lies].slice(0, count)))
    return [r, s, Te, level]
  })
  expect(course).toEqual([
    [11.9209, 0, 0.9282, 0],
    [11.9066, 9, 0.5634, 2],
    [11.8923, 17.9946, 0.4043, 2],
    [11.878, 26.9838, 0.3152, 2],
    [11.8637, 35.9675, 0.2581, 3],
    [11.8352, 53.9189, 0.1894, 3],
  ])
})

it('answers a burst of moderate findings as in timeline C', () => {
  const steps = [...sequence(0, 10, 30, good()), ...sequence(310, 10, 10, bad('moderate', 'protocol'))]
  const course = [1, 2, 3, 4, 5, 8, 10].map((k) => metricVectorOf(after(steps.slice(0, 30 + k))))
  expect(course.map(({ Te }) => Te)).toEqual([0.861, 0.7749, 0.7044, 0.6457, 0.596, 0.4842, 0.4303])
  expect(course.map(({ level }) => level)).toEqual([0, 0, 0, 1, 2, 2, 2])
})

function figuresOf(file: TrustFile): readonly number[] {
  const { r, s, T, C, Te, level } = metricVectorOf(file)
  return [r, s, T, C, Te, level]
}

function after(steps: readonly Step[], a: number = baseRates.registered): TrustFile {
  return steps.reduce((file, step) => step(file), createTrustFile({ a, at: 0 }))
}

/** Steps happen when the file was last touched, unless a time is set by `at`. */
function good(message: Partial<Message> = {}): Step {
  return (file) => observe(file, { t: file.tLast, g: 1, delta: 1, tests: usual, findings: [], ...message })
}

function bad(severity: Severity, category: Category): Step {
  return found([{ category, severity, q: 1 }])
}

function found(findings: readonly Finding[], delta = 1): Step {
  return good({ findings, delta })
}

function idle(t: number): Step {
  return (file) => forget(file, t, defaults)
}

function at(t: number, step: Step): Step {
  return (file) => step(forget(file, t, defaults))
}

function sequence(from: number, seconds: number, count: number, step: Step): readonly Step[] {
  return Array.from({ length: count }, (_, index) => at(from + index * seconds, step))
}

function spaced(seconds: number, steps: readonly Step[]): readonly Step[] {
  return steps.map((step, index) => at(index * seconds, step))
}

function lying(): readonly Step[] {
  const measured = good({ tests: [...usual, 'physics'] })
  return [...times(80, good()), ...times(20, measured), ...times(3, bad('major', 'physics'))]
}

function threefold(): Step {
  return found([
    { category: 'format', severity: 'minor', q: 1 },
    { category: 'timing', severity: 'moderate', q: 1 },
    { category: 'physics', severity: 'major', q: 0.5 },
  ])
}

function doubted(): Step {
  return found([{ category: 'protocol', severity: 'moderate', q: 0.5 }], 0.8)
}

function cycle(): readonly Step[] {
  return [...times(9, good()), bad('moderate', 'protocol')]
}

function times<T>(count: number, ...items: readonly T[]): readonly T[] {
  return Array.from({ length: count }, () => items).flat()
}
