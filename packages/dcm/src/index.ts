export { replayEvents, type Expect } from './domain/replay.ts'
