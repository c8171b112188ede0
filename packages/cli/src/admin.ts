import { createAdmin, type Admin } from '@gridloom/devnet'
import { readCredentials } from '@gridloom/kit'
import { addressOf, openGrid } from './grid.ts'

/** Opens an actor's operator face in the running grid, as its operator. */
export function openAdmin(gridFile?: string, actor = 'gsp', face: 'url' | 'admin' = 'admin'): Admin {
  const grid = openGrid(gridFile)
  return createAdmin(addressOf(grid, actor, face), readCredentials({ ...grid.certs.operator, ca: grid.certs.ca }))
}
