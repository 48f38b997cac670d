import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A network of its own with a single cable to this machine, as a laptop has. Close it when done. */
export interface Namespace {
  /** This machine's address on that cable. */
  readonly address: string
  /** Writes a program that runs `path` in there. */
  wrap(path: string): Promise<string>
  /** Loses every packet, and nobody is told. */
  lose(): void
  /** Pulls the cable out: the machine in there knows that it is offline. */
  unplug(): void
  /** Undoes both. */
  restore(): void
  close(): Promise<void>
}

/** Whether this process may make one: it takes Linux, root and iproute2. */
export const hasNamespaces = process.getuid?.() === 0 && canMake()

function canMake(): boolean {
  try {
    const name = `yayin-probe-${process.pid}`
    ip('netns', 'add', name)
    ip('netns', 'del', name)
    return true
  } catch {
    return false
  }
}

/** An address that nobody on the cable has. */
const NOBODY = '02:00:00:00:00:01'

export async function createNamespace(): Promise<Namespace> {
  removeAbandoned()
  const name = `yayin-${process.pid}`
  const [near, far] = [`yn${process.pid}`, `yf${process.pid}`]
  const net = `10.213.${process.pid % 250}`
  const [nearAddress, farAddress] = [`${net}.1`, `${net}.2`]
  const inside = (...args: string[]) => ip('-n', name, ...args)
  const dir = await mkdtemp(join(tmpdir(), 'yayin-netns-'))

  ip('netns', 'add', name)
  ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name)
  ip('addr', 'add', `${nearAddress}/30`, 'dev', near)
  inside('addr', 'add', `${farAddress}/30`, 'dev', far)
  ip('link', 'set', near, 'up')
  inside('link', 'set', 'lo', 'up')
  inside('link', 'set', far, 'up')
  inside('route', 'add', 'default', 'via', nearAddress)

  return {
    address: nearAddress,
    async wrap(path) {
      const program = join(dir, 'run')
      await writeFile(program, `#!/bin/sh\nexec ip netns exec ${name} '${path}' "$@"\n`)
      await chmod(program, 0o755)
      return program
    },
    lose() {
      ip('neigh', 'replace', farAddress, 'lladdr', NOBODY, 'dev', near, 'nud', 'permanent')
      inside('neigh', 'replace', nearAddress, 'lladdr', NOBODY, 'dev', far, 'nud', 'permanent')
    },
    unplug: () => ip('link', 'set', near, 'down'),
    restore() {
      ip('link', 'set', near, 'up')
      ip('neigh', 'flush', 'dev', near, 'nud', 'permanent')
      inside('neigh', 'flush', 'dev', far, 'nud', 'permanent')
    },
    async close() {
      // Both ends of the cable go at once.
      ip('link', 'del', near)
      ip('netns', 'del', name)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Removes what runs that were killed have left, since a later process may get the number of one of them. */
function removeAbandoned(): void {
  for (const [name, pid] of ip('netns', 'list').matchAll(/^yayin-(\d+)/gm)) {
    if (existsSync(`/proc/${pid}`)) continue
    const cable = `yn${pid}`
    if (existsSync(`/sys/class/net/${cable}`)) ip('link', 'del', cable)
    ip('netns', 'del', name)
  }
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
