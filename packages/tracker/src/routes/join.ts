import { JoinAsk, type JoinAnswer } from '@gridloom/contracts'
import type { App, Identify } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import type { Bootstrap } from '../bootstrap.ts'
import { parsed } from './asked.ts'

/** peer → bootstrap: who am I, and whose? */
export function joinRoutes(app: App, bootstrap: Bootstrap | undefined, identify: Identify): void {
  app.post('/join', async (request): Promise<JoinAnswer> => {
    if (!bootstrap) throw new SepError('missing', 'there is no bootstrap here')
    const { peers } = parsed(JoinAsk, request.body)
    const host = identify(request)
    const answer = await bootstrap.join(peers, host)
    request.log.info({ host, joined: answer.members.length, refused: answer.refused.length }, 'peers joined')
    return answer
  })
}
