export { start, type Deps } from './app.ts'
export { Config } from './config.ts'
