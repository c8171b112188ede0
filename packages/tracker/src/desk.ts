import type { CommandOutcome, RegionCommand, TreeConsumer } from '@gridloom/contracts'

/** The commands of an epoch: told with every report until they are acknowledged or too late. */
export type Desk = Readonly<{
  /** A number for what is said next: grows within the epoch. */
  next(): number
  issue(command: Issue): RegionCommand
  /** What a peer has not acknowledged. */
  waitingFor(id: string, now: number): readonly RegionCommand[]
  /** The command that an outcome belongs to, once, if who says so is who was told. */
  settle(outcome: CommandOutcome, isTold: (id: string) => boolean): RegionCommand | undefined
  /** Forgets what is too late. */
  expire(now: number): void
}>

type Issue = Pick<RegionCommand, 'id' | 'op' | 'kw' | 'deadline'> & Readonly<{ to?: TreeConsumer[]; reason?: string }>

export function createDesk(region: number, epoch: number): Desk {
  const open = new Map<number, RegionCommand>()
  const byPeer = new Map<string, Set<number>>()
  let seq = 0
  const close = (command: RegionCommand): void => {
    open.delete(command.seq)
    byPeer.get(command.id)?.delete(command.seq)
  }
  return {
    next: () => ++seq,
    issue(issue) {
      const command = { region, epoch, seq: ++seq, ...issue }
      open.set(command.seq, command)
      byPeer.set(issue.id, (byPeer.get(issue.id) ?? new Set()).add(command.seq))
      return command
    },
    waitingFor(id, now) {
      const commands = [...(byPeer.get(id) ?? [])].flatMap((each) => open.get(each) ?? [])
      return commands.filter(({ deadline }) => now < deadline)
    },
    settle(outcome, isTold) {
      const command = outcome.region === region && outcome.epoch === epoch ? open.get(outcome.seq) : undefined
      if (!command || !isTold(command.id)) return undefined
      close(command)
      return command
    },
    expire(now) {
      for (const command of open.values()) if (now >= command.deadline) close(command)
    },
  }
}
