#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { runCommand } from './run-command.ts'

enableCompileCache()
// a reader such as `head` that has seen enough is no fault of ours
process.stdout.on('error', (err: NodeJS.ErrnoException) => {
  if (err.code === 'EPIPE') process.exit()
  throw err
})
process.exitCode = await runCommand(process.argv.slice(2))
