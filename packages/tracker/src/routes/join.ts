import { JoinAnswer, JoinAsk } from '@gridloom/contracts'
import type { Identify, JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Bootstrap } from '../bootstrap.ts'

/** peer → bootstrap: who am I, and whose? */
export function joinRoutes(app: JsonApp, bootstrap: Bootstrap | undefined, identify: Identify): void {
  const schema = {
    tags: ['peers'],
    summary: 'Join, or ask where one belongs',
    body: JoinAsk,
    response: { 200: JoinAnswer },
  }
  app.post('/join', { schema }, async (request) => {
    if (!bootstrap) throw new SepError('missing', 'there is no bootstrap here')
    const { peers } = request.body
    const host = identify(request)
    const answer = await bootstrap.join(peers, host)
    request.log.info({ host, joined: answer.members.length, refused: answer.refused.length }, 'peers joined')
    return answer
  })
}
