import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findNginx } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** Where nginx lies on this machine; null without one. */
export const nginxPath = findNginx()

/** One nginx with several sites before the same server. Stop it when done. */
export interface NginxSites<Name extends string> extends Program {
  /** The address of each site. */
  urls: Record<Name, string>
}

interface Place {
  /** What the sites pass on lies below this path of theirs, which they take off. */
  path: string
  /** Where the first site listens. */
  port: number
}

/**
 * Starts nginx with one site for each name, by the directives of its only location beside `proxy_pass`; at the root of
 * the site and at a free port, unless `place` says otherwise.
 */
export async function startNginxSites<Name extends string>(
  upstream: string,
  sites: Record<Name, string>,
  place?: Place,
): Promise<NginxSites<Name>> {
  if (nginxPath === null) throw new Error('no nginx on this machine')
  const dir = await makeProgramDir('nginx')
  const names = Object.keys(sites) as Name[]
  const ports = await Promise.all(names.map((_, i) => (place && i === 0 ? Promise.resolve(place.port) : freePort())))
  const path = place?.path ?? ''
  const target = place ? `${upstream}/` : upstream
  const servers = names.map(
    (name, i) => `server { listen 127.0.0.1:${ports[i]}; location ${path}/ { proxy_pass ${target}; ${sites[name]} } }`,
  )
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${dir}/${name};`)
  const text = `daemon off; master_process off; pid ${dir}/pid; error_log stderr;
    events {} http { access_log off; ${temp.join(' ')} ${servers.join('\n')} }`
  await writeFile(join(dir, 'nginx.conf'), text)
  const urls = Object.fromEntries(names.map((name, i) => [name, `http://127.0.0.1:${ports[i]}${path}`])) as Record<
    Name,
    string
  >
  const ready = async () => (await fetch(`${urls[names[0]!]}/healthz`)).ok
  const args = ['-p', dir, '-e', 'stderr', '-c', join(dir, 'nginx.conf')]
  return { ...(await startProgram({ name: 'nginx', path: nginxPath, args, dir, ready })), urls }
}
