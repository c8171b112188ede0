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

/** One deed of an attack that shows by the end of its span: a replayed message, a minute of flood, a missing answer. */
export type Act = Readonly<{ attack: AttackName; subject: string; act: string }>
