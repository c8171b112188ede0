/** The attacks that trust.md §8 names. */
export const attackNames = [
  'impersonation',
  'replay',
  'delayed-relay',
  'man-in-the-middle',
  'over-nameplate',
  'oscillating-control',
  'lying-meter',
  'frozen-meter',
  'silent-opt-out',
  'request-flood',
  'resource-scan',
  'expired-certificate',
  'on-off',
  'whitewasher',
  'false-reporter',
] as const
export type AttackName = (typeof attackNames)[number]

export function isAttackName(name: string): name is AttackName {
  return attackNames.some((each) => each === name)
}
