import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { runNode } from '../support/run-node.ts'
import { until } from '../support/until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

interface Packed {
  filename: string
  files: { path: string; size: number }[]
  unpackedSize: number
}

let app = ''
let packed: Packed

/** An app's folder with the package in it as an installation would put it, without a registry. */
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'yayin-app-'))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', app], { cwd: ROOT })
  packed = (JSON.parse(stdout) as [Packed])[0]
  await mkdir(join(app, 'node_modules'))
  await run('tar', ['-xzf', packed.filename], { cwd: app })
  await run('mv', ['package', 'node_modules/yayin'], { cwd: app })
  const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  for (const name of [...Object.keys(dependencies), 'react']) {
    await mkdir(dirname(join(app, 'node_modules', name)), { recursive: true })
    await symlink(join(ROOT, 'node_modules', name), join(app, 'node_modules', name))
  }
}, 90_000)

afterAll(() => rm(app, { recursive: true, force: true }))

/** What the package may hold. */
const WANTED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(cli|server|shared)\/[\w/-]+\.js$/,
  /^dist\/server\/(config|config-values|config-variables|embed\/[\w-]+)\.d\.ts$/,
  /^dist\/server\/store\/(template\.tar\.gz|migrations\/\d{4}_\w+\.sql|migrations\/meta\/_journal\.json)$/,
  /^dist\/client\/(index\.html|icon\.svg|theme\.js|assets\/[\w-]+-[\w-]{8}\.(js|css|woff2))$/,
  /^dist\/client\/lib\/[\w/-]+\.js(\.map)?$/,
  /^dist\/types\/(client\/src\/(realtime|react)|shared)\/[\w-]+\.d\.ts$/,
]

it('holds what apps need, and nothing else, when it is packed', () => {
  const paths = packed.files.map(({ path }) => path)
  expect(paths.filter((path) => !WANTED.some((pattern) => pattern.test(path)))).toEqual([])
  const needed = [
    'dist/cli/main.js',
    'dist/server/index.js',
    'dist/server/embed/index.js',
    'dist/server/dead-peers/worker.js',
    'dist/server/store/pglite-worker.js',
    'dist/server/store/template.tar.gz',
    'dist/client/index.html',
    'dist/client/lib/client.js',
    'dist/client/lib/react.js',
  ]
  expect(paths).toEqual(expect.arrayContaining(needed))
  expect(packed.unpackedSize).toBeLessThan(10_000_000)
})

it('brings a message from the app of the manual to a stream when it is a dependency', async () => {
  const page = await readFile(join(ROOT, 'docs/embed.md'), 'utf8')
  const source = /```js\n([^]*?)```/.exec(page)?.[1] ?? ''
  const port = await freePort()
  await writeFile(join(app, 'app.mjs'), source.replace('3000', String(port)))
  const started = runNode(['app.mjs'], app)
  const url = `http://localhost:${port}/realtime`
  const isUp = () => fetch(`${url}/healthz`).then(({ ok }) => ok)
  await until(isUp, { deadlineMs: 20_000, everyMs: 50, what: 'the app is up' }).catch((error: Error) => {
    throw new Error(started.output(), { cause: error })
  })
  const stream = await fetch(`${url}/api/events?channel=public/clock`, { signal: AbortSignal.timeout(20_000) })
  let text = ''
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.includes('"type":"tick"')) break
  }
  expect(text).toMatch(/^retry:[^]*"type":"connected"[^]*"channel":"public\/clock".*"type":"tick","at":\d+/)
})

it('runs the command line, and gives the client library and the hooks, when it is a dependency', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const cli = await run(process.execPath, ['node_modules/yayin/dist/cli/main.js', '--version'], { cwd: app })
  expect(cli.stdout.trim()).toBe(version)
  const code = `const a = await import('yayin/client'), b = await import('yayin/react')
    process.stdout.write([typeof a.createClient, typeof b.useChannel].join())`
  const script = await run(process.execPath, ['--input-type=module', '-e', code], { cwd: app })
  expect(script.stdout).toBe('function,function')
})
