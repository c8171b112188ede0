import { TrustRegistration } from '@gridloom/contracts'
import type { JsonApp } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import { demand } from '../operations/callers.ts'
import type { Context } from './context.ts'

const Lfdi = z.string().regex(/^[0-9A-F]{40}$/, 'not an LFDI')

/** Who takes part: entered by an operator, or by the GSP that registers the devices. */
export function registryRoutes(app: JsonApp, { judge, registrars, callerOf }: Context): void {
  const tags = ['registry']
  app.put(
    '/dtm/registry',
    {
      schema: {
        tags,
        summary: 'Enter or change registrations',
        description:
          'Others stay as they are. A GSP enters DCMs and DERs, and adds to what others have entered; the rest is for operators.',
        body: z.array(TrustRegistration).max(10_000),
        response: { 200: z.object({ entered: z.int() }) },
      },
    },
    async (request) => {
      const caller = callerOf(request)
      demand(caller, 'OPR', 'GSP')
      const entries = request.body
      const entered = (entry: TrustRegistration): TrustRegistration => {
        const known = judge.engine.registration(entry.lfdi)
        const isOthers = caller.role === 'GSP' && known !== undefined && registrars.of(entry.lfdi) !== caller.lfdi
        return isOthers ? completed(known, entry) : entry
      }
      const foreign = entries.find(({ role }) => role !== 'DCM' && role !== 'DER')
      if (caller.role === 'GSP' && foreign) throw new SepError('forbidden', `a GSP enters no "${foreign.role}"`)
      const changed = entries.map(entered).filter((entry) => !isSame(entry, judge.engine.registration(entry.lfdi)))
      const lfdis = changed.map(({ lfdi }) => lfdi)
      if (changed.length > 0) {
        await judge.submit({ register: changed }, undefined, (sql) => registrars.store(sql, lfdis, caller.lfdi))
      }
      await judge.settled()
      return { entered: changed.length }
    },
  )
  app.get(
    '/dtm/registry',
    {
      schema: {
        tags,
        summary: 'All registrations',
        querystring: z.object({ by: Lfdi.optional().describe('only those that this certificate entered') }),
        response: { 200: z.array(TrustRegistration) },
      },
    },
    async (request) => {
      demand(callerOf(request), 'OPR', 'GSP')
      await judge.settled()
      return registrars.all(request.query.by).flatMap((lfdi) => judge.engine.registration(lfdi) ?? [])
    },
  )
  app.delete(
    '/dtm/registry/:lfdi',
    { schema: { tags, summary: 'Remove a registration', params: z.object({ lfdi: Lfdi }) } },
    async (request, reply) => {
      const caller = callerOf(request)
      demand(caller, 'OPR', 'GSP')
      const { lfdi } = request.params
      if (!judge.engine.registration(lfdi)) throw new SepError('missing', `"${lfdi}" is not registered`)
      if (caller.role === 'GSP' && registrars.of(lfdi) !== caller.lfdi) {
        throw new SepError('forbidden', `"${lfdi}" was not entered by this GSP`)
      }
      await judge.submit({ unregister: lfdi }, undefined, (sql) => registrars.remove(sql, lfdi))
      return reply.code(204).send()
    },
  )
}

/** What somebody else has entered stands; a GSP adds what it knows beyond that, and who reports. */
function completed(known: TrustRegistration, { reports, ...entry }: TrustRegistration): TrustRegistration {
  const added = { ...entry, ...known, ...(entry.reportedMaxW !== undefined && { reportedMaxW: entry.reportedMaxW }) }
  return TrustRegistration.parse({ ...added, ...(reports !== undefined && { reports }) })
}

function isSame(entry: TrustRegistration, known: TrustRegistration | undefined): boolean {
  return known !== undefined && JSON.stringify(TrustRegistration.parse(known)) === JSON.stringify(entry)
}
