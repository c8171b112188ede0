import type { FollowingScore, Settlement } from '@gridloom/contracts'
import { nameOf } from './device-name.ts'
import { percentText } from './percent-text.ts'
import { table } from './table.ts'

/** A statement as a table: energies in Wh, amounts in the currency. */
export function renderSettlement({ rows, total, price, final }: Settlement): string {
  const isHeld = total.heldMilliWh > 0
  const isScored = rows.some(({ score }) => score !== undefined)
  const money = (amount: number): string => (amount * 10 ** price.scale).toFixed(6)
  const line = (id: string, method: string, sums: Settlement['total'], score?: FollowingScore) => [
    id,
    method,
    (sums.askedMilliWh / 1000).toFixed(1),
    (sums.deliveredMilliWh / 1000).toFixed(1),
    percentText(sums.performance),
    ...(isScored
      ? score
        ? [percentText(score.correlation), `${Math.round(score.delaySeconds)}s`, percentText(score.precision)]
        : ['', '', '']
      : []),
    ...(isHeld
      ? [(sums.heldMilliWh / 1000).toFixed(1), (sums.readyMilliWh / 1000).toFixed(1), money(sums.holding)]
      : []),
    money(sums.net),
  ]
  const lines = rows.map((row) =>
    line(nameOf({ name: row.name, lfdi: row.id }), row.baselineMethod ?? '', row, row.score),
  )
  const heads = [
    'device',
    'baseline',
    'asked Wh',
    'delivered Wh',
    'performance',
    ...(isScored ? ['correlation', 'delay', 'precision'] : []),
    ...(isHeld ? ['held Wh', 'ready Wh', 'for holding'] : []),
    price.currency,
  ]
  return `${table(heads, [...lines, line('total', '', total)])}${final ? '' : '\nnot final yet'}`
}
