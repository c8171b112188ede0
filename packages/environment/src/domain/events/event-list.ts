import { cellError, numberIn, parseCsv, type CsvRow } from '../csv.ts'

/** From `at` on, in seconds from the first batch of a fleet, a device has this voltage or this frequency. */
export type Override = Readonly<{ at: number; device: string; volts?: number; hertz?: number }>

/**
 * Reads an `Event-list.csv` as OpenDER simulations have it: columns TimeStep, DerID, Volts and Hz. A blank cell changes nothing: of
 * Volts and Hz the value before holds on, of TimeStep and DerID that of the row above.
 */
export function parseEventList(text: string, file: string, stepSeconds = 1): Override[] {
  const { rows } = parseCsv(text, file, ['TimeStep', 'DerID', 'Volts', 'Hz'])
  const overrides: Override[] = []
  let step: number | undefined
  let device: string | undefined
  for (const row of rows) {
    step = numberIn(row, 'TimeStep', { least: 0, whole: true }) ?? step
    device = row.cells.get('DerID') ?? device
    if (step === undefined) throw cellError(row, 'TimeStep', 'is blank in the first row')
    if (device === undefined) throw cellError(row, 'DerID', 'is blank in the first row')
    overrides.push({ at: step * stepSeconds, device, ...changesOf(row) })
  }
  return overrides.toSorted((a, b) => a.at - b.at)
}

function changesOf(row: CsvRow): Pick<Override, 'volts' | 'hertz'> {
  const volts = numberIn(row, 'Volts', { least: 0 })
  const hertz = numberIn(row, 'Hz', { least: 0 })
  return { ...(volts !== undefined && { volts }), ...(hertz !== undefined && { hertz }) }
}

/** The voltage and the frequency that each named device has by now. */
export function overridesAt(overrides: readonly Override[], seconds: number): Map<string, Omit<Override, 'at'>> {
  const present = new Map<string, Omit<Override, 'at'>>()
  for (const { at, ...change } of overrides) {
    if (at > seconds) break
    present.set(change.device, { ...present.get(change.device), ...change })
  }
  return present
}
