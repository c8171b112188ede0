export { type MarketRun, replay } from './domain/replay.ts'
export { parseScenario, type Scenario, ScenarioError } from './domain/scenario.ts'
