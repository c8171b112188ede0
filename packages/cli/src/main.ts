#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { runCommand } from './run-command.ts'

enableCompileCache()
process.exitCode = await runCommand(process.argv.slice(2))
