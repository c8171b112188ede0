export { solveRegion } from './domain/solve.ts'
