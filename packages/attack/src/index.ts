export { attackNames, type AttackName } from './traces/act.ts'
export { generateTrace, isAttackName, type Trace, type TraceOptions } from './traces/generate.ts'
