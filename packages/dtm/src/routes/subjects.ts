import { TrustGroup, TrustSubject } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { maySee } from '../domain/concerns.ts'
import { demand, type Caller } from '../operations/callers.ts'
import type { Context } from './context.ts'

const Level = z.coerce.number().int().min(0).max(4)
// `?level>=2` is a parameter named `level>`
const Query = z.object({ 'level>': Level.optional().describe('at least this level'), level: Level.optional() })
const Id = z.object({ id: z.string().max(200).describe('LFDI, <LFDI>/der/<n> (its slashes as %2F) or addr/<ip>') })

/** How actors stand (§7): a caller sees what it may, and nothing tells what it may not. */
export function subjectRoutes(app: JsonApp, context: Context): void {
  const { judge, callerOf, clock } = context
  const { engine } = judge
  const tags = ['trust']
  app.get(
    '/dtm/subjects',
    { schema: { tags, summary: 'Subjects by level', querystring: Query, response: { 200: z.array(TrustSubject) } } },
    async (request) => {
      const caller = callerOf(request)
      await judge.settled()
      const { level, 'level>': atLeast = level ?? 0 } = request.query
      const found = [...engine.subjects(atLeast)].filter((subject) => isVisible(context, caller, subject))
      return found.filter(({ vector }) => level === undefined || vector.level === level).map(shownTo(caller))
    },
  )
  for (const [url, hide] of [
    ['/dtm/subjects/:id', false],
    ['/dtm/subjects/:lfdi/der/:n', true],
  ] as const) {
    app.get(
      url,
      { schema: { tags, summary: 'One subject', hide, response: { 200: TrustSubject } } },
      async (request) => {
        const caller = callerOf(request)
        await judge.settled()
        const id = idOf(request.params)
        return shownTo(caller)(visible(context, caller, engine.subject(id), id))
      },
    )
    app.post(
      `${url}/release`,
      { schema: { tags, summary: 'End a block', hide, response: { 200: TrustSubject } } },
      async (request) => {
        demand(callerOf(request), 'OPR')
        const id = idOf(request.params)
        await judge.settled()
        if (!engine.subject(id) && !engine.group(id)) throw new SepError('missing', `there is no subject "${id}"`)
        await judge.submit({ release: id })
        await judge.settled()
        request.log.info({ subject: id, at: clock.now() }, 'subject released')
        const subject = engine.subject(id)
        if (!subject) throw new SepError('missing', `there is no subject "${id}"`)
        return subject
      },
    )
  }
  app.get(
    '/dtm/links/:pair',
    {
      schema: {
        tags,
        summary: 'One link',
        params: z.object({ pair: z.string().max(300).describe('both ends, with ~ between') }),
        response: { 200: TrustSubject },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      await judge.settled()
      const { pair } = request.params
      const [a = '', b = ''] = pair.split('~')
      return shownTo(caller)(visible(context, caller, engine.link(a, b), pair))
    },
  )
  app.get(
    '/dtm/groups/:id',
    { schema: { tags, summary: 'Trust and trusted capacity of a group', params: Id, response: { 200: TrustGroup } } },
    async (request) => {
      demand(callerOf(request), 'OPR', 'AGG', 'GSP')
      await judge.settled()
      const group = engine.group(request.params.id)
      if (!group) throw new SepError('missing', `there is no group "${request.params.id}"`)
      return group
    },
  )
}

function idOf(params: unknown): string {
  const given = z.union([Id, z.object({ lfdi: z.string(), n: z.string() })]).parse(params)
  return 'id' in given ? given.id : `${given.lfdi}/der/${given.n}`
}

/** Whether a caller may see a subject; a GSP sees all but the fleets of other GSPs. */
export function isVisible({ judge, registrars }: Context, caller: Caller, subject: TrustSubject): boolean {
  if (!maySee(caller, { ...subject, level: subject.vector.level })) return false
  if (caller.role !== 'GSP') return true
  const ends = subject.id.split('~').map((end) => end.split('/', 1)[0] ?? end)
  return ends.every((end) => {
    const by = registrars.of(end) ?? caller.lfdi
    return by === caller.lfdi || judge.engine.registration(by)?.role !== 'GSP'
  })
}

function visible(context: Context, caller: Caller, subject: TrustSubject | undefined, id: string): TrustSubject {
  if (!subject) throw new SepError('missing', `nothing is known of "${id}"`)
  if (!isVisible(context, caller, subject))
    throw new SepError('forbidden', `"${id}" is not for "${caller.lfdi}" to see`)
  return subject
}

/** Aggregators learn how far somebody can be counted on, not who it is. */
function shownTo({ role }: Caller): (subject: TrustSubject) => TrustSubject {
  if (role !== 'AGG') return (subject) => subject
  return ({ name: _name, sfdi: _sfdi, serial: _serial, ...rest }) => rest
}
