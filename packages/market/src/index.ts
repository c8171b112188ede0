export { Config } from './config.ts'
export { createMarketAgent, type MarketAgent } from './domain/market-agent.ts'
export { type MarketRun, replay } from './domain/replay.ts'
export { parseScenario, type Scenario, ScenarioError } from './domain/scenario.ts'
