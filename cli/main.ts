#!/usr/bin/env node
import { environment } from './environment.ts'
import { runCommandLine } from './run.ts'
import { ownTerminal } from './terminal.ts'

const isServer = process.argv[2] === 'start'
const exitCode = await runCommandLine(process.argv.slice(2), ownTerminal(environment))
// A server goes on by itself; of the others, kept-alive connections would hold up the end.
if (exitCode !== 0 || !isServer) process.exit(exitCode)
