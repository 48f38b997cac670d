import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.ts'
import { until } from '../until.ts'
import { type Program, runProgram } from './program.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** Addresses as readers have them. */
const HUB_PORT = '3000'
const PAGE_PORT = '8080'
const DATABASE = 'postgres://user:password@localhost:5432/app'

/** Where a reader of the papers sits: a folder with the hub's data, and the hub that they have started last. */
export interface Stage {
  readonly folder: string
  /** Of the hub. */
  readonly url: string
  /** Puts this stage's ports, and its database, in the place of those that readers have. */
  adapt(text: string): string
  /** Starts the hub as the command does, in the place of one that runs. */
  startHub(command: string): Promise<void>
  /** Runs a program in the folder. */
  run(command: string, args: string[]): Promise<Program>
  save(name: string, text: string): Promise<string>
  /** Publishes a message with the hub's key. */
  publish(message: string): Promise<void>
  close(): Promise<void>
}

/** Makes a folder for a reader; `databaseUrl` is a PostgreSQL that is theirs. */
export async function openStage(databaseUrl: string | null): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'yayin-papers-'))
  const [port, pagePort] = [String(await freePort()), String(await freePort())]
  const env = { PORT: port, DATA_DIR: join(folder, 'data'), STUN_URLS: '', TMPDIR: folder }
  const url = `http://localhost:${port}`
  let hub: Program | null = null
  await linkPackages(folder)

  const adapt = (text: string) =>
    text
      .replaceAll(`localhost:${HUB_PORT}`, `localhost:${port}`)
      .replaceAll(`localhost:${PAGE_PORT}`, `localhost:${pagePort}`)
      .replaceAll(`--port ${PAGE_PORT}`, `--port ${pagePort}`)
      .replaceAll(`.listen(${PAGE_PORT}`, `.listen(${pagePort}`)
      .replaceAll(DATABASE, databaseUrl ?? DATABASE)
  const key = async () => (await readFile(join(folder, 'data', 'api_key'), 'utf8')).trim()

  return {
    folder,
    url,
    adapt,
    async startHub(command) {
      // Killed rather than drained: what the papers promise to survive.
      await hub?.stop('SIGKILL')
      const program = runProgram('bash', ['-c', adapt(command)], { cwd: ROOT, env })
      hub = program
      const isReady = () => program.printed().includes(`ready on ${url}`) || program.ended() !== null
      await until(isReady, { deadlineMs: 30_000, everyMs: 20, what: 'the hub is ready' })
      if (program.ended() !== null) throw new Error(`the hub ended:\n${program.printed()}`)
      await until(async () => (await fetch(`${url}/readyz`)).ok, { deadlineMs: 15_000, what: 'the database is there' })
    },
    async run(command, args) {
      const variables = { YAYIN_KEY: await key(), SNIPPET_STATE: join(folder, 'state') }
      return runProgram(command, args, { cwd: folder, env: variables })
    },
    async save(name, text) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, adapt(text))
      return path
    },
    async publish(message) {
      const response = await fetch(`${url}/api/broadcast`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await key()}`, 'content-type': 'application/json' },
        body: message,
      })
      if (!response.ok) throw new Error(`not published: ${await response.text()}`)
    },
    async close() {
      await hub?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Makes the folder a package that has `yayin` and what pages are made with, as `npm install` would. */
async function linkPackages(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@types'), { recursive: true })
  await symlink(ROOT, join(modules, 'yayin'))
  for (const name of ['react', 'react-dom', 'vite', '@types/react', '@types/react-dom', '@types/node']) {
    await symlink(join(ROOT, 'node_modules', name), join(modules, name))
  }
  await symlink(join(ROOT, 'node_modules/.bin'), join(modules, '.bin'))
}
