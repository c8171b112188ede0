import type { Pin } from '@gridloom/sep2030'
import type { View } from './view.ts'

export type PinCheck = 'unknown' | 'right' | 'wrong'

/** Whether the server is the one that the owner registered the device with. */
export function checkPin({ registration }: Pick<View, 'registration'>, pin: Pin | undefined): PinCheck {
  if (!registration || pin === undefined) return 'unknown'
  return registration.pIN === pin ? 'right' : 'wrong'
}
