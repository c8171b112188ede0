import type { AttackName } from '../../attack-names.ts'
import type { Act } from '../act.ts'
import type { MemberKind } from '../member.ts'
import type { Party, World } from '../world.ts'

/** Where and when an attack takes place. */
export type Scene = Readonly<{
  world: World
  attacker: Party
  from: number
  /** Names a deed of this attack; the same words name the same deed. */
  act: (words: string, subject?: string) => Act
}>

/** How an attack shows in a trace. */
export type Script = Readonly<{
  /** What the attacker's device has to be. */
  kind?: MemberKind
  /** Who is to blame, if not the attacker's device. */
  accused?: (scene: Scene) => string
  run: (scene: Scene) => void
}>

export function sceneOf(world: World, attack: AttackName, attacker: Party, from: number): Scene {
  const acts = new Map<string, Act>()
  const act = (words: string, subject: string = attacker.member.lfdi): Act => {
    const name = `${attacker.member.serial}: ${words}`
    const known = acts.get(name) ?? { attack, subject, act: name }
    acts.set(name, known)
    return known
  }
  return { world, attacker, from, act }
}

/** The key of the link between a party and the server. */
export function linkOf({ world, attacker }: Pick<Scene, 'world' | 'attacker'>): string {
  return [world.gsp.lfdi, attacker.member.lfdi].toSorted().join('~')
}
