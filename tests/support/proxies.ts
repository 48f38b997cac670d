import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findCaddy, findHaproxy, findNginx } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** A load balancer that runs by its file in `deploy/`. */
export interface Proxy extends Program {
  readonly url: string
  readonly port: number
}

interface Kind {
  /** Where its program lies; null on a machine without it. */
  program: string | null
  /** Its file in `deploy/`. */
  file: string
  /** What else is changed in the file, as pairs of text. */
  changes: [from: string, to: string][]
  /** Writes what it wants in `dir`, given its file, and returns how it is called. */
  prepare(dir: string, text: string): Promise<string[]>
}

const saved = async (dir: string, name: string, text: string) => {
  await writeFile(join(dir, name), text)
  return join(dir, name)
}

/** The load balancers whose settings are tested as they stand, but for addresses and times. */
export const PROXIES = {
  nginx: {
    program: findNginx(),
    file: 'nginx.conf',
    changes: [
      ['listen 80;', 'listen 127.0.0.1:PORT;'],
      ['proxy_read_timeout 75s;', 'proxy_read_timeout 3s;'],
    ],
    async prepare(dir, text) {
      const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${dir}/${name};`,
      )
      const site = await saved(dir, 'yayin.conf', text)
      const main = `daemon off; master_process off; pid ${dir}/pid; error_log stderr; worker_processes 1;
        events {} http { access_log off; ${temp.join(' ')} include ${site}; }`
      return ['-p', dir, '-e', 'stderr', '-c', await saved(dir, 'nginx.conf', main)]
    },
  },
  Caddy: {
    program: findCaddy(),
    file: 'Caddyfile',
    changes: [
      [':80 {', 'http://:PORT {\n\tbind 127.0.0.1'],
      ['lb_try_duration 3s', 'lb_try_duration 1s'],
    ],
    async prepare(dir, text) {
      await mkdir(join(dir, 'data'))
      const path = await saved(dir, 'Caddyfile', `{\n\tadmin off\n\tstorage file_system ${dir}/data\n}\n${text}`)
      return ['run', '--config', path, '--adapter', 'caddyfile']
    },
  },
  HAProxy: {
    program: findHaproxy(),
    file: 'haproxy.cfg',
    changes: [
      ['bind :80', 'bind 127.0.0.1:PORT'],
      ['timeout client 75s', 'timeout client 3s'],
      ['timeout server 75s', 'timeout server 3s'],
      ['timeout tunnel 75s', 'timeout tunnel 3s'],
      ['maxconn 50000', 'maxconn 500'],
    ],
    prepare: async (dir, text) => ['-db', '-f', await saved(dir, 'haproxy.cfg', text)],
  },
} satisfies Record<string, Kind>

export type ProxyName = keyof typeof PROXIES

/** Starts a load balancer before two nodes, by its file in `deploy/`; times in it are shortened to 3 s. */
export async function startProxy(name: ProxyName, nodes: readonly { port: number }[]): Promise<Proxy> {
  const kind: Kind = PROXIES[name]
  if (kind.program === null) throw new Error(`no ${name} on this machine`)
  const dir = await makeProgramDir(name.toLowerCase())
  const port = await freePort()
  const given = await readFile(fileURLToPath(new URL(`../../deploy/${kind.file}`, import.meta.url)), 'utf8')
  const addresses = nodes.map(({ port: own }, i): [string, string] => [`127.0.0.1:300${i + 1}`, `127.0.0.1:${own}`])
  let text = given
  for (const [from, to] of [...kind.changes, ...addresses]) {
    if (!text.includes(from)) throw new Error(`${kind.file} does not hold ${JSON.stringify(from)}`)
    text = text.replace(from, to.replace('PORT', String(port)))
  }
  const env = { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir }
  const args = await kind.prepare(dir, text)
  const url = `http://127.0.0.1:${port}`
  const ready = async () => (await fetch(`${url}/healthz`)).ok
  return { ...(await startProgram({ name, path: kind.program, args, dir, env, ready })), url, port }
}
