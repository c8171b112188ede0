export { start, type Deps } from './app.ts'
export { Config } from './config.ts'
export { replayEvents, type Expect } from './domain/replay.ts'
