import type { Database } from '@gridloom/kit'
import type { Lfdi } from '@gridloom/sep2030'
import type { Register } from '../domain/energy-register.ts'

/** The registers of a meter, noted from time to time. */
export type Registers = Readonly<{
  note(register: Register): Promise<void>
  /** The last one noted at or before an instant, and the first one after it. */
  around(at: number): Readonly<{ before: Register | undefined; after: Register | undefined }>
}>

const columns = 'at, deliveredWh, receivedWh, coveredSeconds'

export function registersOf(database: Database, lfdi: Lfdi): Registers {
  return {
    note: ({ at, deliveredWh, receivedWh, coveredSeconds }) =>
      database.commit((sql) => {
        sql.run(
          `INSERT OR REPLACE INTO register (lfdi, ${columns}) VALUES (?, ?, ?, ?, ?)`,
          lfdi,
          at,
          deliveredWh,
          receivedWh,
          coveredSeconds,
        )
      }),
    around: (at) => ({
      before: database.get<Register>(
        `SELECT ${columns} FROM register WHERE lfdi = ? AND at <= ? ORDER BY at DESC LIMIT 1`,
        lfdi,
        at,
      ),
      after: database.get<Register>(
        `SELECT ${columns} FROM register WHERE lfdi = ? AND at > ? ORDER BY at LIMIT 1`,
        lfdi,
        at,
      ),
    }),
  }
}

export function forgetRegisters(database: Database, before: number): Promise<void> {
  return database.commit((sql) => void sql.run('DELETE FROM register WHERE at < ?', before))
}
