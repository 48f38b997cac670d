import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNginx } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** Where nginx lies on this machine; null without one. */
export const nginxPath = findNginx()

/** One nginx with several sites before the same server. Stop it when done. */
export interface NginxSites<Name extends string> {
  /** The address of each site. */
  urls: Record<Name, string>
  stop(): Promise<void>
}

/** Starts nginx with one site for each name, by the directives of its only location beside `proxy_pass`. */
export async function startNginxSites<Name extends string>(
  upstream: string,
  sites: Record<Name, string>,
): Promise<NginxSites<Name>> {
  if (nginxPath === null) throw new Error('no nginx on this machine')
  const dir = await mkdtemp(join(tmpdir(), 'yayin-nginx-'))
  const names = Object.keys(sites) as Name[]
  const ports = await Promise.all(names.map(() => freePort()))
  const servers = names.map(
    (name, i) => `server { listen 127.0.0.1:${ports[i]}; location / { proxy_pass ${upstream}; ${sites[name]} } }`,
  )
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`)
  const text = `daemon off; master_process off; pid ${dir}/pid; error_log ${dir}/error.log;
    events {} http { access_log off; ${temp.join(' ')} ${servers.join('\n')} }`
  await writeFile(join(dir, 'nginx.conf'), text)
  const child = spawn(nginxPath, ['-p', dir, '-e', join(dir, 'error.log'), '-c', join(dir, 'nginx.conf')])
  if (child.pid === undefined) throw new Error('nginx did not start')
  const release = guard(child.pid, dir)
  const exited = once(child, 'close')
  const urls = Object.fromEntries(names.map((name, i) => [name, `http://127.0.0.1:${ports[i]}`])) as Record<
    Name,
    string
  >
  const isUp = async () => (await fetch(`${urls[names[0]!]}/healthz`)).ok
  await until(isUp, { deadlineMs: 15_000, everyMs: 20, what: 'nginx answers' }).catch(async (error: unknown) => {
    throw new Error(await readFile(join(dir, 'error.log'), 'utf8'), { cause: error })
  })
  return {
    urls,
    async stop() {
      child.kill('SIGKILL')
      await exited
      release()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
