import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** What `gridloom up` says of itself in its ready line, and keeps in grid.json for the operator's commands. */
export const Grid = z.object({
  event: z.literal('ready'),
  actors: z.array(
    z.object({ actor: z.string(), url: z.url(), admin: z.url().optional(), metrics: z.url().optional() }),
  ),
  certs: z.object({
    ca: z.string(),
    operator: z.object({ cert: z.string(), key: z.string() }),
    devices: z.array(
      z.object({
        name: z.string(),
        lfdi: z.string(),
        sfdi: z.number(),
        pin: z.number(),
        cert: z.string(),
        key: z.string(),
      }),
    ),
  }),
  data: z.string(),
})

export type Grid = z.infer<typeof Grid>

/** Reads the running grid: `--grid FILE`, else .gridloom/grid.json. */
export function openGrid(file = '.gridloom/grid.json'): Grid {
  if (!existsSync(file)) throw new Error(`no grid is running here (${file} is not there): start one with "pnpm start", or name its grid.json with --grid`)
  const grid = Grid.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!grid.success) throw new Error(`${file} is not the grid.json of a running grid\n${z.prettifyError(grid.error)}`)
  return grid.data
}

/** The address of an actor's face, or an error that names what is missing. */
export function addressOf(grid: Grid, actor: string, face: 'url' | 'admin' = 'url'): string {
  const address = grid.actors.find((each) => each.actor === actor)?.[face]
  if (!address) throw new Error(`the grid in ${grid.data} runs no ${actor}${face === 'admin' ? ' with an admin face' : ''}`)
  return address
}
