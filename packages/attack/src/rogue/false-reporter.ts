import { createClient } from '@gridloom/kit'
import type { Rogue } from '../attack.ts'
import { clientLike } from './arrange.ts'

const everyNth = 3

export const falseReporter: Rogue = {
  kind: 'rogue',
  name: 'false-reporter',
  summary: 'reports other answers of the server than it was given',
  rules: ['PR-8'],
  subject: 'the link, and with less certainty both of its ends',
  arrange: ({ isOn }) => ({
    connect(options) {
      const client = createClient(options)
      let count = 0
      return clientLike(client, async (outgoing, signal) => {
        const reply = await client.request(outgoing, signal)
        if (!isOn() || reply.body.length === 0) return reply
        count += 1
        return count % everyNth === 0 ? { ...reply, body: Buffer.concat([reply.body, invented]) } : reply
      })
    },
  }),
}

const invented = Buffer.from('<!-- the server never said this -->')
