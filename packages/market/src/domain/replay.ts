import { accepted, type Outcome } from './answer.ts'
import { createMarketAgent, type MarketAgent } from './market-agent.ts'
import type { Scenario, Step } from './scenario.ts'
import { bookOf, cashOf, eventOf, ledgerOf, positionsOf, responseOf } from './report.ts'

export type MarketRun = ReturnType<typeof replay>

/** Runs a scenario and returns all that came of it as one JSON value. */
export function replay({ market, parties, steps }: Scenario) {
  const agent = createMarketAgent(market, parties)
  const outcomes = steps.map((step) => take(agent, step))
  const responses = outcomes.map(({ answer }, step) => responseOf(step, answer))
  const events = outcomes.flatMap((outcome, step) => outcome.events.map((event) => eventOf(step, event)))
  const book = bookOf(agent)
  const ledger = ledgerOf(outcomes.flatMap(({ entries = [] }) => entries))
  const accepting = responses.filter(({ responseCode }) => responseCode === 200).length
  const counts = {
    accepted: accepting,
    rejected: responses.length - accepting,
    matches: events.filter(({ kind }) => kind === 'TRANSACTION').length,
    ledgerEntries: ledger.length,
    openTenders: book.reduce((sum, { bids, asks }) => sum + bids.length + asks.length, 0),
  }
  return { responses, events, book, positions: positionsOf(agent), ledger, cash: cashOf(agent), counts }
}

/** Time first: what is due by the instant of a step ends before the step is looked at. */
function take(agent: MarketAgent, step: Step): Outcome {
  const due = agent.advance(step.at)
  const outcome = ask(agent, step)
  return { ...outcome, events: [...due, ...outcome.events] }
}

function ask(agent: MarketAgent, step: Step): Outcome {
  switch (step.op) {
    case 'registerParty':
      return agent.registerParty(step.message)
    case 'createTender':
      return agent.createTender(step.message, step.at)
    case 'cancelTender':
      return agent.cancelTender(step.message, step.at)
    case 'requestPosition':
      return agent.requestPosition(step.message)
    case 'clear':
      return agent.clear(step.dtStart, step.at)
    case 'advance':
      return accepted()
    default:
      return step satisfies never
  }
}
