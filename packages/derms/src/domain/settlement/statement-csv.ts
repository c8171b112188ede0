import type { Statement } from './statement.ts'

const columns = [
  'service',
  'start',
  'der',
  'name',
  'baseline',
  'askedWh',
  'deliveredWh',
  'missedWh',
  'performance',
  'correlation',
  'delaySeconds',
  'precision',
  'heldWh',
  'readyWh',
  'currency',
  'payment',
  'holding',
  'penalty',
  'net',
] as const

/** A statement as CSV (RFC 4180), one line per DER: energies in Wh, amounts in the currency, all as exact decimals. */
export function statementCsv({ service, start, price: { currency, scale }, rows }: Statement): string {
  const lines = rows.map((row) => [
    service,
    String(start),
    row.id,
    row.name ?? '',
    row.baselineMethod ?? '',
    ...[row.askedMilliWh, row.deliveredMilliWh, row.missedMilliWh].map((energy) => decimal(energy, -3)),
    row.performance.toFixed(4),
    row.score?.correlation.toFixed(4) ?? '',
    row.score ? String(row.score.delaySeconds) : '',
    row.score?.precision.toFixed(4) ?? '',
    ...[row.heldMilliWh, row.readyMilliWh].map((energy) => decimal(energy, -3)),
    currency,
    ...[row.payment, row.holding, row.penalty, row.net].map((amount) => decimal(amount, scale)),
  ])
  return [columns, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('')
}

/** A whole number of 10^scale as a decimal, without a detour over binary fractions. */
function decimal(value: number, scale: number): string {
  if (scale >= 0) return String(BigInt(value) * 10n ** BigInt(scale))
  const digits = String(Math.abs(value)).padStart(1 - scale, '0')
  return `${value < 0 ? '-' : ''}${digits.slice(0, scale)}.${digits.slice(scale)}`
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}
