import { existsSync } from 'node:fs'
import { GridReady } from '@gridloom/contracts'
import { z } from 'zod'
import { readJson } from './io.ts'

/** Reads the running grid: `--grid FILE`, else .gridloom/grid.json. */
export function openGrid(file = '.gridloom/grid.json'): GridReady {
  if (!existsSync(file))
    throw new Error(
      `no grid is running here (there is no ${file}): start one with "pnpm start", or name its grid.json with --grid`,
    )
  const grid = GridReady.safeParse(readJson(file))
  if (!grid.success) throw new Error(`${file} is not the grid.json of a running grid\n${z.prettifyError(grid.error)}`)
  return grid.data
}

/** The address of an actor's face, or an error that names what is missing. */
export function addressOf(grid: GridReady, actor: string, face: 'url' | 'admin' = 'url'): string {
  const address = grid.actors.find((each) => each.actor === actor)?.[face]
  if (!address)
    throw new Error(`the grid in ${grid.data} runs no ${actor}${face === 'admin' ? ' with an admin face' : ''}`)
  return address
}
