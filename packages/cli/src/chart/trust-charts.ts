import type { Course, RocPoint } from '@gridloom/attack'
import { createPanel } from './panel.ts'
import { element, label, svgDocument, type Point } from './svg.ts'

const share = {
  range: [0, 1],
  ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
  write: (value: number) => value.toFixed(1),
} as const
const colours = { attacker: '#d0602a', honest: '#1f6fb2' }
const left = 70

/** Where the levels of trust begin. */
const thresholds = [0.7, 0.5, 0.3, 0.15]

/** A picture of how trust in an attacker and in an honest device rose and fell. */
export function drawCourses(title: string, courses: readonly Course[]): string {
  const [width, height, inner] = [960, 460, 860]
  const seconds = Math.max(60, ...courses.flatMap(({ points }) => points.map(([at]) => at)))
  const panel = createPanel({
    frame: { left, top: 110, width: inner, height: 280 },
    title: 'Effective trust Te; dashes are the thresholds of the levels',
    x: { range: [0, seconds], ticks: ticksOf(seconds), write: (at) => `${Math.round(at / 60)}` },
    y: share,
  })
  return svgDocument(
    width,
    height,
    title,
    label(title, left, 34, { 'font-size': 19, 'font-weight': 'bold' }),
    ...courses.map(({ isAttacker }, index) => key(left + 200 * index, isAttacker)),
    panel.axes,
    thresholds.map((theta) => panel.level(theta)).join(''),
    ...courses.map(({ points, isAttacker }) => panel.line(points, isAttacker ? colours.attacker : colours.honest)),
    label('minutes', left + inner / 2, height - 14, { 'text-anchor': 'middle' }),
  )
}

function ticksOf(seconds: number): readonly number[] {
  const step = [300, 900, 1800, 3600, 7200, 14_400].find((each) => seconds / each <= 10) ?? 86_400
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step)
}

function key(at: number, isAttacker: boolean): string {
  const fill = isAttacker ? colours.attacker : colours.honest
  const swatch = element('rect', { x: at, y: 56, width: 22, height: 4, fill })
  return swatch + label(isAttacker ? 'attacker' : 'honest device', at + 30, 62)
}

/** The receiver operating characteristic over the threshold below which a subject counts as found. */
export function drawRoc(title: string, roc: readonly RocPoint[], equalErrorRate: number): string {
  const side = 380
  const panel = createPanel({
    frame: { left, top: 100, width: side, height: side },
    title: 'Attackers found, by share of honest subjects suspected',
    x: share,
    y: share,
  })
  const curve = roc.map(({ falsePositiveRate, truePositiveRate }): Point => [falsePositiveRate, truePositiveRate])
  return svgDocument(
    520,
    550,
    title,
    label(title, left, 34, { 'font-size': 19, 'font-weight': 'bold' }),
    label(`equal error rate ${equalErrorRate.toFixed(4)}`, left, 58),
    panel.axes,
    panel.line(
      [
        [0, 1],
        [1, 0],
      ],
      '#bbb',
    ),
    panel.line(curve, colours.attacker),
    label('honest subjects suspected', left + side / 2, 530, { 'text-anchor': 'middle' }),
  )
}
