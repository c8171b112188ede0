import { FleetMemberDetail, MeteredEnergy, type LocalOrder } from '@gridloom/contracts'
import { ClientError, type Client } from '@gridloom/kit'
import type { z } from 'zod'

/** A device behind the control port of its DCM. */
export type DcmLink = Readonly<{
  detail(): Promise<FleetMemberDetail>
  /** Gives a set point; a repeat changes nothing, and one in other words is not taken any more. */
  order(order: LocalOrder): Promise<void>
  energy(start: number, end: number): Promise<MeteredEnergy>
}>

export function createDcmLink(client: Client, device: string): DcmLink {
  const path = `/devices/${encodeURIComponent(device)}`
  const read = async <T extends z.ZodType>(schema: T, where: string): Promise<z.infer<T>> => {
    const { status, body } = await client.get(where)
    if (status !== 200) throw refusal(`GET ${where}`, status, body)
    return schema.parse(JSON.parse(body.toString()))
  }
  return {
    detail: () => read(FleetMemberDetail, path),
    async order(order) {
      const { status, body } = await client.post(`${path}/orders`, JSON.stringify(order))
      if (status >= 300 && status !== 409) throw refusal(`POST ${path}/orders`, status, body)
    },
    energy: (start, end) => read(MeteredEnergy, `${path}/energy?start=${start}&end=${end}`),
  }
}

function refusal(what: string, status: number, body: Buffer): ClientError {
  return new ClientError('unavailable', `${what} ${status}: ${body.toString().slice(0, 200)}`)
}
