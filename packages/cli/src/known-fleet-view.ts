import type { KnownDer } from '@gridloom/contracts'
import { nameOf } from './device-name.ts'
import { percentText } from './percent-text.ts'
import { table } from './table.ts'

/** The fleet as the DERMS knows it, one device a line. */
export function renderKnownFleet(ders: readonly KnownDer[]): string {
  const rows = ders
    .toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }))
    .map((der) => [
      nameOf(der),
      der.kind,
      der.isHeld ? 'held' : der.state,
      der.reading ? Math.round(der.reading.W) : '',
      der.forecast[1] ?? '',
      `${Math.round(der.minW)} … ${Math.round(der.maxW)}`,
      der.envelope ? `${Math.round(-der.envelope.importW)} … ${Math.round(der.envelope.exportW)}` : '',
      der.store ? percentText(der.store.soc) : '',
      `${der.trust.Te.toFixed(2)} (${der.trust.level})`,
      `${der.responses.followed}/${der.responses.asked}${der.responses.dropped > 0 ? `, ${der.responses.dropped} dropped` : ''}`,
      der.positionWh === undefined ? '' : Math.round(der.positionWh),
      der.schedules?.find(({ quantity, source }) => quantity === 'ActPow' && source !== null)?.source ?? '',
      der.region ?? '',
      der.running.join(' '),
    ])
  const heads = [
    'device',
    'kind',
    'state',
    'W',
    'next W',
    'rated W',
    'envelope W',
    'SOC',
    'trust',
    'followed',
    'bought Wh',
    'schedule',
    'region',
    'services',
  ]
  return table(heads, rows)
}
