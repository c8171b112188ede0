import { createClient, loadCredentials, readCredentials, type Client, type Credentials } from '@gridloom/kit'
import { UsageError } from './command.ts'
import { openGrid } from './grid.ts'

/** How a command that talks to a server says who it is; without any of these it is the operator of the running grid. */
export const connectionOptions = {
  certs: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  ca: { type: 'string' },
  grid: { type: 'string' },
} as const

type Identity = Readonly<Partial<Record<keyof typeof connectionOptions, string>>>

/** Opens a mutual-TLS client to the origin of a URL. */
export function connect(url: string, identity: Identity): Client {
  if (!URL.canParse(url)) throw new UsageError(`"${url}" is not a URL`)
  return createClient({ origin: new URL(url).origin, certs: credentialsOf(identity) })
}

function credentialsOf({ certs, cert, key, ca, grid }: Identity): Credentials {
  if (certs !== undefined) return loadCredentials(certs)
  if (cert !== undefined && key !== undefined && ca !== undefined) return readCredentials({ key, cert, ca })
  if (cert ?? key ?? ca) throw new UsageError('--cert, --key and --ca go together')
  const { operator, ca: anchors } = openGrid(grid).certs
  return readCredentials({ ...operator, ca: anchors })
}
