import type { AttackName } from '../attack-names.ts'

/** One deed of an attack that shows by the end of its span: a replayed message, a minute of flood, a reading that lies. */
export type Act = Readonly<{ attack: AttackName; subject: string; act: string }>
