export { evaluateSchedules, type Evaluation } from './domain/evaluate.ts'
