import { AgentLedger, AgentState, AgentStates, CommittedSchedule, SupervisoryNeeds } from '@gridloom/contracts'
import { describeApi, serveApi, type App, type Clock } from '@gridloom/kit'
import { SepError } from '@gridloom/sep2030'
import { z } from 'zod'
import type { Agent } from '../agent.ts'
import { gateOf } from '../domain/wish.ts'

const Params = z.strictObject({ partyId: z.string() })
const instant = z.coerce.number().pipe(z.int().min(0)).optional()
const Span = z.strictObject({
  start: instant.describe('an hour ago when absent'),
  end: instant.describe('a day after the start when absent'),
})
const After = z.strictObject({ after: z.coerce.number().pipe(z.int().min(0)).default(0) })

export type ControllerDeps = Readonly<{ agents: ReadonlyMap<string, Agent>; clock: Clock }>

/** What a supervisory controller says to its agents and hears from them: needs in, committed schedules out. */
export function controllerRoutes(app: App, { agents, clock }: ControllerDeps): void {
  describeApi(app, { title: 'Gridloom TEUA: supervisory controller API', description, takesToken: true })
  serveApi(app, (typed) => {
    const list = { summary: 'All agents of the process', response: { 200: AgentStates } }
    typed.get('/agents', { schema: list }, () => ({ agents: [...agents.values()].map((agent) => agent.state()) }))

    const one = { summary: 'How an agent fares', params: Params, response: { 200: AgentState } }
    typed.get('/agents/:partyId', { schema: one }, (request) => agentOf(request.params).state())

    const stated = { summary: 'The needs that were stated', params: Params, response: { 200: SupervisoryNeeds } }
    typed.get('/agents/:partyId/needs', { schema: stated }, (request) => ({
      needs: [...agentOf(request.params).needs()],
    }))

    const stating = {
      summary: 'State needs',
      params: Params,
      body: SupervisoryNeeds,
      response: { 200: SupervisoryNeeds },
    }
    typed.put('/agents/:partyId/needs', { schema: stating }, async (request) => {
      const agent = agentOf(request.params)
      const closed = request.body.needs.find(({ start }) => !isOpen(agent, start))
      if (closed) throw new SepError('conflict', `the interval that starts at ${closed.start} is not traded`)
      await agent.setNeeds(request.body.needs)
      return { needs: [...agent.needs()] }
    })

    const committed = {
      summary: 'What is committed, and what was delivered',
      params: Params,
      querystring: Span,
      response: { 200: CommittedSchedule },
    }
    typed.get('/agents/:partyId/schedule', { schema: committed }, (request) => {
      const { start = clock.now() - 3600, end = start + 86_400 } = request.query
      const schedule = agentOf(request.params).schedule({ from: start, to: end })
      if (!schedule) throw new SepError('unavailable', 'the market has not answered yet: its intervals are not known')
      return schedule
    })

    const booked = { summary: 'Trades', params: Params, querystring: After, response: { 200: AgentLedger } }
    typed.get('/agents/:partyId/ledger', { schema: booked }, (request) => {
      const entries = [...agentOf(request.params).ledger(request.query.after)]
      return { entries, next: entries.at(-1)?.seq ?? request.query.after }
    })
  })

  function agentOf({ partyId }: z.infer<typeof Params>): Agent {
    const agent = agents.get(partyId)
    if (!agent) throw new SepError('missing', `there is no party "${partyId}" here`)
    return agent
  }

  /** Before the market was ever reached nobody knows: the plan leaves out what is not traded. */
  function isOpen(agent: Agent, start: number): boolean {
    const reference = agent.reference()
    if (!reference) return true
    const isOnGrid = (start - reference.gridStart) % reference.intervalSeconds === 0
    return isOnGrid && clock.now() < gateOf(reference, start)
  }
}

const description = 'Needs per interval with price limits in, committed schedules out. Times are seconds since 1970.'
