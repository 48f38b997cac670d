import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { runNode } from '../support/run-node.ts'
import { until } from '../support/until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

let app = ''

/** An app of its own, into which the package is installed by npm, with its dependencies from the registry. */
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'yayin-install-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', app], { cwd: ROOT })
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }))
  const packages = [
    `./${filename}`,
    'express',
    'typescript@5',
    '@types/node@20',
    '@types/express',
    'react',
    '@types/react',
  ]
  await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: app, timeout: 300_000 })
}, 360_000)
afterAll(() => rm(app, { recursive: true, force: true }))

it('brings a message from the app of the manual to a reader by curl', async () => {
  const page = await readFile(join(ROOT, 'docs/embed.md'), 'utf8')
  const source = /```js\n([^]*?)```/.exec(page)?.[1] ?? ''
  const port = await freePort()
  await writeFile(join(app, 'app.js'), source.replace('3000', String(port)))
  const started = runNode(['app.js'], app)
  const url = `http://localhost:${port}/realtime`
  const isUp = () => fetch(`${url}/healthz`).then(({ ok }) => ok)
  await until(isUp, { deadlineMs: 30_000, everyMs: 50, what: 'the app is up' }).catch((error: Error) => {
    throw new Error(started.output(), { cause: error })
  })
  const args = ['-sN', '--max-time', '5', `${url}/api/events?channel=public/clock`]
  const { stdout } = await run('curl', args).catch((error: unknown) => error as { stdout: string })
  expect(stdout).toMatch(/"type":"connected"[^]*"type":"tick","at":\d+/)
  expect(started.output()).toBe('')
})

it('runs its command line by its name', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const { stdout } = await run(join(app, 'node_modules/.bin/yayin'), ['--version'])
  expect(stdout.trim()).toBe(version)
})

it('gives its types to a strict compiler of another version', async () => {
  const source = `import express from 'express'
    import { createHub, type HubOptions } from 'yayin'
    import { createClient } from 'yayin/client'
    import { useChannel } from 'yayin/react'
    const options: HubOptions = { corsOrigins: ['https://a.example'], rawStreams: true, broker: 'local', turnUrls: 'x' }
    const hub = await createHub(options)
    express().use('/realtime', hub.router)
    const { id }: { id?: string | undefined } = await hub.publish('a', { b: 1 })
    // @ts-expect-error: there is no such option
    await createHub({ databaseUri: 'x' })
    // @ts-expect-error: a switch is no text
    await createHub({ rawStreams: 'on' })
    const client = createClient<{ paid: { total: number } }>({ url: '/realtime' })
    client.channel('a').on('paid', ({ total }) => total.toFixed())
    export { id, useChannel }`
  await writeFile(join(app, 'types.ts'), source)
  const options = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023', '--noEmit']
  const compiled = await run(join(app, 'node_modules/.bin/tsc'), [...options, '--skipLibCheck', 'types.ts'], {
    cwd: app,
  }).catch((error: unknown) => error as { stdout: string })
  expect(compiled.stdout).toBe('')
})
