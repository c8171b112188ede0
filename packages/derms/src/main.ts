import { run } from '@gridloom/kit'
import { start } from './app.ts'
import { Config } from './config.ts'

await run('derms', Config, start)
