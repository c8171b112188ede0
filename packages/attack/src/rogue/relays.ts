import { loadCredentials, type Credentials, type Reply } from '@gridloom/kit'
import type { Rogue } from '../attack.ts'
import { pkiOf } from '../rig.ts'
import type { RogueContext } from './arrange.ts'
import { openRelay } from './relay.ts'

export const manInTheMiddle: Rogue = {
  kind: 'rogue',
  name: 'man-in-the-middle',
  summary: 'a relay with an issued certificate lifts the limits that the server sets, and slows the polls',
  rules: ['PR-7', 'PR-8', 'ID-1'],
  subject: 'the link, and the certificate of the relay',
  async arrange(context) {
    const { config, isOn, stack } = context
    const relay = await openRelay({
      pki: pkiOf(context),
      target: config.server,
      stolen: memberOf(context),
      async pass(outgoing, send) {
        const reply = await send(outgoing)
        return isOn() ? altered(reply) : reply
      },
    })
    stack.use(relay)
    context.say(`a relay at ${relay.url} stands between the device and ${config.server.url}`)
    return { config: { server: { ...config.server, url: relay.url } } }
  },
}

function altered(reply: Reply): Reply {
  const text = reply.body
    .toString()
    .replaceAll(/<opModMaxLimW>\d+</g, '<opModMaxLimW>10000<')
    .replaceAll(/pollRate="(\d+)"/g, (_, rate: string) => `pollRate="${2 * Number(rate)}"`)
  return { ...reply, body: Buffer.from(text) }
}

const holdSeconds = 310

export const delayedRelay: Rogue = {
  kind: 'rogue',
  name: 'delayed-relay',
  summary: `a relay holds back for ${holdSeconds} s what the device reports to the trust module`,
  rules: ['TM-1', 'PR-7'],
  subject: 'the device',
  async arrange(context) {
    const { config, clock, isOn, stack, say } = context
    if (!config.dtm) throw new Error('the device reports to no trust module: there is nothing to hold back')
    // whoever pins the trust module's certificate cannot be relayed: the attacker has taken the pin out
    const { lfdi: _pin, ...dtm } = config.dtm
    const ending = new AbortController()
    const relay = await openRelay({
      pki: pkiOf(context),
      target: config.dtm,
      stolen: memberOf(context),
      async pass(outgoing, send) {
        if (!isOn() || outgoing.method !== 'POST') return send(outgoing)
        void clock.sleep(holdSeconds, ending.signal).then(
          () => send(outgoing).catch(() => say('the trust module did not answer the relay')),
          () => undefined,
        )
        return taken(outgoing.body)
      },
    })
    stack.use(relay)
    stack.defer(() => ending.abort())
    say(`a relay at ${relay.url} holds back what the device reports to ${dtm.url}`)
    return { config: { dtm: { ...dtm, url: relay.url } } }
  },
}

/** The reporter is told that all is well. */
function taken(body: Uint8Array | string | undefined): Reply {
  const accepted = (JSON.parse(String(body ?? '[]')) as readonly unknown[]).length
  return {
    status: 202,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ accepted, rejected: [] })),
  }
}

/** The credentials of the one DCM that there is. */
function memberOf({ config }: RogueContext): Credentials {
  return loadCredentials(config.dcms[0]?.certs ?? config.certs)
}
