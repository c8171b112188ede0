export { Config } from './config.ts'
export { solveRegion } from './domain/solve.ts'
