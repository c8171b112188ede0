export { evaluateSchedules, type Evaluation } from './domain/evaluate.ts'
export { Config } from './config.ts'
