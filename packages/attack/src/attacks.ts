import type { Attack } from './attack.ts'
import type { AttackName } from './attack-names.ts'
import { oscillatingControl, overNameplate } from './raids/operator.ts'
import { expiredCertificate, impersonation } from './raids/strangers.ts'
import { replay, requestFlood, resourceScan } from './raids/traffic.ts'
import { whitewasher } from './raids/whitewash.ts'
import { falseReporter } from './rogue/false-reporter.ts'
import { frozenMeter, lyingMeter, onOff } from './rogue/meters.ts'
import { delayedRelay, manInTheMiddle } from './rogue/relays.ts'
import { silentOptOut } from './rogue/silent-opt-out.ts'

/** Every attack by its name. */
export const attacks: Readonly<Record<AttackName, Attack>> = {
  impersonation,
  replay,
  'delayed-relay': delayedRelay,
  'man-in-the-middle': manInTheMiddle,
  'over-nameplate': overNameplate,
  'oscillating-control': oscillatingControl,
  'lying-meter': lyingMeter,
  'frozen-meter': frozenMeter,
  'silent-opt-out': silentOptOut,
  'request-flood': requestFlood,
  'resource-scan': resourceScan,
  'expired-certificate': expiredCertificate,
  'on-off': onOff,
  whitewasher,
  'false-reporter': falseReporter,
}
