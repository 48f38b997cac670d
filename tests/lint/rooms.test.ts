import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { ROOMS } from './rooms.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const OXLINT = join(ROOT, 'node_modules/oxlint/bin/oxlint')

type Case = [room: string, file: string, statement: string]

/** What each row forbids, in every way there is to import. */
const FORBIDDEN: Case[] = [
  ['shared', 'shared/a.ts', `import { hub } from '../server/hub/hub.ts'`],
  ['shared', 'shared/a.ts', `import type { Socket } from 'node:net'`],
  ['shared', 'shared/a.ts', `import { drizzle } from 'drizzle-orm/node-postgres'`],
  ['server/hub', 'server/hub/a.ts', `import { sse } from '../gateways/sse/index.ts'`],
  ['server/hub', 'server/hub/deep/a.ts', `import { routes } from '../../routes/http.ts'`],
  ['server/hub', 'server/hub/a.ts', `export * from '../store/log.ts'`],
  ['server/hub', 'server/hub/a.ts', `export type Room = import('../video/rooms.ts').Room`],
  ['server/hub', 'server/hub/a.ts', `import type { Request } from 'express'`],
  ['server/hub', 'server/hub/a.ts', `export const ws = await import('ws')`],
  ['server/hub', 'server/hub/a.ts', `import { createBroker } from '../brokers/broker.ts'`],
  ['server/hub', 'server/hub/a.ts', `import { type Broker } from '../brokers/broker.ts'`],
  ['server/hub', 'server/hub/a.ts', `import type { Local } from '../brokers/local.ts'`],
  ['server/hub', 'server/hub/a.ts', `import { readConfig } from '../config.ts'`],
  ['server/brokers', 'server/brokers/redis.ts', `import { hub } from '../hub/hub.ts'`],
  ['server/brokers', 'server/brokers/redis.ts', `import { local } from './local.ts'`],
  ['server/brokers', 'server/brokers/nats/index.ts', `import { append } from '../postgres/append.ts'`],
  ['server/gateways/*', 'server/gateways/sse/a.ts', `import { frame } from '../websocket/wire.ts'`],
  ['server/gateways/*', 'server/gateways/mqtt/a.ts', `import { http } from '../../routes/http.ts'`],
  ['server/gateways/*', 'server/gateways/mqtt/a.ts', `export { log } from '../../store/log.ts'`],
  ['server/routes', 'server/routes/a.ts', `import { sse } from '../gateways/sse/index.ts'`],
  ['server/routes', 'server/routes/a.ts', `import { eq } from 'drizzle-orm'`],
  ['server/video', 'server/video/a.ts', `import { sse } from '../gateways/sse/index.ts'`],
  ['server/video', 'server/video/a.ts', `import { http } from '../routes/http.ts'`],
  ['server/video', 'server/video/a.ts', `import express from 'express'`],
  ['server/webhooks', 'server/webhooks/a.ts', `import { http } from '../routes/http.ts'`],
  ['server/webhooks', 'server/webhooks/a.ts', `import { sql } from 'drizzle-orm'`],
  ['server/auth', 'server/auth/a.ts', `import { hub } from '../hub/hub.ts'`],
  ['server/auth', 'server/auth/a.ts', `import type { Request } from 'express'`],
  ['server/store/migrate-cli.ts', 'server/store/migrate-cli.ts', `import { hub } from '../hub/hub.ts'`],
  ['server/store/new-epoch-cli.ts', 'server/store/new-epoch-cli.ts', `import { hub } from '../hub/hub.ts'`],
  ['server/store', 'server/store/a.ts', `import { may } from '../auth/policy.ts'`],
  ['server/store', 'server/store/a.ts', `import { readConfig } from '../config.ts'`],
  ['server', 'server/a.ts', `import { startServer } from '../tests/support/server.ts'`],
  ['cli', 'cli/a.ts', `import { createClient } from '../client/src/realtime/index.ts'`],
  ['client/src/realtime', 'client/src/realtime/a.ts', `import { useState } from 'react'`],
  ['client/src/realtime', 'client/src/realtime/a.ts', `import { format } from '../lib/format.ts'`],
  ['client/src/realtime', 'client/src/realtime/a.ts', `import { matches } from '../../../shared/channel.ts'`],
  ['client/src/react', 'client/src/react/a.ts', `import { format } from '../lib/format.ts'`],
  ['client/src/react', 'client/src/react/a.ts', `import { backoffMs } from '../realtime/backoff.ts'`],
  ['client', 'client/src/pages/a.tsx', `import { hub } from '../../../server/hub/hub.ts'`],
  ['client', 'client/src/lib/a.ts', `import { readFile } from 'node:fs/promises'`],
]

const ALLOWED: [file: string, statement: string][] = [
  ['shared/a.ts', `import { z } from 'zod'`],
  ['server/hub/a.ts', `import type { Broker } from '../brokers/broker.ts'`],
  ['server/hub/a.ts', `import { matches } from '../../shared/channel.ts'`],
  ['server/hub/a.test.ts', `import { log } from '../store/log.ts'`],
  ['server/brokers/redis.ts', `import { group } from './group-commit.ts'`],
  ['server/gateways/sse/a.ts', `import { frame } from './wire.ts'`],
  ['server/gateways/sse/a.ts', `import type { Gateway } from '../gateway.ts'`],
  ['server/compose.ts', `import { sse } from './gateways/sse/index.ts'`],
  ['client/src/realtime/a.ts', `import type { Frame } from '../../../shared/protocol.ts'`],
]

let folder = ''
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs the project's own linter configuration over files of a folder made for it. */
async function lint(files: [file: string, text: string][]): Promise<string[]> {
  folder = await mkdtemp(join(tmpdir(), 'yayin-lint-'))
  for (const [i, [file, text]] of files.entries()) {
    const path = join(folder, String(i), file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `${text}\n`)
  }
  return Promise.all(files.map((_file, i) => faultsIn(join(folder, String(i)))))
}

async function faultsIn(cwd: string): Promise<string> {
  const { diagnostics, files } = await oxlint(cwd)
  if (files !== 1) throw new Error(`the linter read ${files} files of ${cwd}`)
  return diagnostics
    .filter(({ code }) => code.startsWith('yayin('))
    .map(({ message }) => message)
    .join()
}

async function oxlint(cwd: string): Promise<{ diagnostics: { code: string; message: string }[]; files: number }> {
  const args = [OXLINT, '-c', join(ROOT, '.oxlintrc.json'), '--format=json', '.']
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout))
  })
  const report = JSON.parse(output) as { diagnostics: { code?: string; message: string }[]; number_of_files: number }
  const diagnostics = report.diagnostics.map(({ code = '', message }) => ({ code, message }))
  return { diagnostics, files: report.number_of_files }
}

it('catches every forbidden import, in each row of the table, when the linter runs', async () => {
  const faults = await lint(FORBIDDEN.map(([, file, statement]) => [file, statement]))
  const missed = FORBIDDEN.filter((_case, i) => !faults[i]?.includes('may not import'))
  expect(missed).toEqual([])
  const rows = ROOMS.map(({ room }) => room)
  expect([...new Set(FORBIDDEN.map(([room]) => room))]).toEqual(rows)
  for (const [i, [room]] of FORBIDDEN.entries()) expect(faults[i]).toMatch(new RegExp(`: ${room.replace('*', '\\w+')}`))
})

it('lets through what the table allows when the linter runs', async () => {
  expect((await lint(ALLOWED)).filter((fault) => fault !== '')).toEqual([])
})

it('catches a reading of the environment when it is outside of server/config.ts', async () => {
  const reading = `export const port = process.env.PORT`
  const faults = await lint([
    ['server/hub/a.ts', reading],
    ['server/hub/b.ts', `import { env } from 'node:process'\nexport const { PORT } = env`],
    ['server/a.ts', `export const { PORT } = process['env']`],
    ['server/config.ts', reading],
    ['server/index.ts', `readConfig(process.env)`],
    ['scripts/a.ts', reading],
    ['cli/commands/a.ts', reading],
    ['cli/environment.ts', reading],
  ])
  expect(faults.map((fault) => fault !== '')).toEqual([true, true, true, false, false, false, true, false])
})

it('reads every source file when it runs over the project', async () => {
  const folders = ['server', 'cli', 'shared', 'client', 'scripts', 'tests']
  const names = (await Promise.all(folders.map((dir) => readdir(join(ROOT, dir), { recursive: true })))).flat()
  const sources = names.filter((name) => /\.(ts|tsx|mjs)$/.test(name))
  const { diagnostics, files } = await oxlint(ROOT)
  expect(files).toBeGreaterThanOrEqual(sources.length)
  expect(sources.length).toBeGreaterThan(100)
  expect(diagnostics.filter(({ code }) => code.startsWith('yayin('))).toEqual([])
})
