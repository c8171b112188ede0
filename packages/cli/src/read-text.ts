import { createClient, readCredentials } from '@gridloom/kit'
import { addressOf, openGrid } from './grid.ts'

/** Reads a document that is no JSON from an actor of the running grid, as its operator. */
export async function readText(path: string, actor: string, gridFile?: string): Promise<string> {
  const grid = openGrid(gridFile)
  const certs = readCredentials({ ...grid.certs.operator, ca: grid.certs.ca })
  await using client = createClient({ origin: addressOf(grid, actor), certs, mediaType: 'text/csv' })
  const { status, body } = await client.get(path)
  if (status !== 200) throw new Error(`${path}: ${status} ${body.toString().slice(0, 200)}`)
  return body.toString()
}
