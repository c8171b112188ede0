import { SepError, type DeviceInformation, type DeviceStatus, type PowerStatus } from '@gridloom/sep2030'

type Context = Readonly<{ lfdi: string | undefined; now: number }>

/** Checks of a device's report that the schema cannot make (function-sets, 10). */
export function checkReport(kind: string, report: object, { lfdi, now }: Context): void {
  if (kind === 'DeviceInformation') checkIdentity(report as DeviceInformation, lfdi)
  if (kind === 'DeviceStatus' || kind === 'PowerStatus') checkTime(report as DeviceStatus | PowerStatus, now)
}

/** A report without what the extension requires of it: a device of plain CSIP wrote it. */
export function isBare(kind: string, report: object): boolean {
  return kind === 'DERCapability' && !('doeModesSupported' in report)
}

function checkIdentity({ lFDI }: DeviceInformation, lfdi: string | undefined): void {
  if (lFDI.toUpperCase() !== lfdi) throw new SepError('invalid', `lFDI "${lFDI}" is not that of the device`)
}

// a client's clock may be this far off (csip-server, 14)
const drift = 5

function checkTime({ changedTime }: DeviceStatus | PowerStatus, now: number): void {
  if (changedTime > now + drift) throw new SepError('invalid', `changedTime "${changedTime}" is in the future`)
}
