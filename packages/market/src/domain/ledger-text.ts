import { type CtsLedgerEntry, formatCtsInstant } from '@gridloom/contracts'
import type { z } from 'zod'
import type { LedgerEntry } from './ledger.ts'

/** An entry as it is written on the wire and in exports. */
export function ledgerEntryText(entry: LedgerEntry & Readonly<{ hash: string }>): z.input<typeof CtsLedgerEntry> {
  return { ...entry, dtStart: formatCtsInstant(entry.dtStart), amount: String(entry.amount) }
}
