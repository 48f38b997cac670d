import type { Logger } from 'pino'
import type { LiveSettings } from '../../shared/settings.ts'
import type { Connection } from '../hub/connection.ts'
import type { Hub } from '../hub/hub.ts'
import { isBetween, remotePortOf } from './ends.ts'
import { LEAST_MS, patienceMs } from './patience.ts'
import { readEnds } from './proc-net.ts'
import { createSocketReader, type SocketReader } from './reader.ts'
import { Silences, type SilentSocket } from './silences.ts'

/** How often silent sockets are looked for, in milliseconds. */
const LOOK_EVERY_MS = 2000
/** Of so many parts of the time a look takes one at most, however many sockets the machine has. */
const SHARE = 10

export interface DeadPeersDeps {
  hub: Pick<Hub, 'connections' | 'remove'>
  settings: Pick<LiveSettings, 'values'>
  log: Pick<Logger, 'info' | 'warn'>
  /** Null where the system tells nothing of its sockets. */
  reader?: SocketReader | null
  nowMs?: () => number
}

/**
 * Closes the event streams of those whose network vanished without a word. Bytes go one way there, so nobody misses an
 * answer but the system, which goes on sending for a quarter of an hour; on Linux it can be asked. A connection that owes
 * no answer is never judged: heartbeats see to it that one falls due. Returns how to stop.
 */
export function watchDeadPeers(deps: DeadPeersDeps): { stop(): void } {
  const { hub, settings, log, nowMs = () => performance.now() } = deps
  const { reader = process.platform === 'linux' ? createSocketReader() : null } = deps
  if (reader === null) return { stop: () => undefined }
  const silences = new Silences()
  let isLooking = false
  let notBeforeMs = 0
  let isOver = false

  async function look(from: SocketReader): Promise<void> {
    const sockets = await from.read()
    if (isOver) return
    if (sockets === null) {
      log.info('This system does not tell whose connections lack an answer; that is left to TCP')
      return stop()
    }
    const silent = silences.note(sockets, nowMs(), LEAST_MS)
    for (const { connection, forMs } of matches(hub, silent)) {
      if (forMs >= patienceMs(connection, settings.values.heartbeat_interval)) hub.remove(connection, 'error')
    }
  }

  const timer = setInterval(() => {
    const beganMs = nowMs()
    if (isLooking || beganMs < notBeforeMs || !hasStreams(hub)) return
    isLooking = true
    const rest = () => {
      isLooking = false
      notBeforeMs = beganMs + (nowMs() - beganMs) * SHARE
    }
    look(reader)
      .catch((err: unknown) => log.warn({ err }, 'It could not be looked who has vanished'))
      .finally(rest)
  }, LOOK_EVERY_MS).unref()

  function stop(): void {
    isOver = true
    clearInterval(timer)
    reader?.close()
  }

  return { stop }
}

function hasStreams({ connections }: Pick<Hub, 'connections'>): boolean {
  for (const { transport } of connections.values()) if (transport === 'sse') return true
  return false
}

/** Finds the streams that are these sockets; all connections are gone through once, by nothing but a number. */
function matches({ connections }: Pick<Hub, 'connections'>, silent: readonly SilentSocket[]) {
  const found: { connection: Connection; forMs: number }[] = []
  if (silent.length === 0) return found
  const byPort = new Map<number, (SilentSocket & ReturnType<typeof readEnds>)[]>()
  for (const socket of silent) {
    const one = { ...socket, ...readEnds(socket.ends) }
    const others = byPort.get(one.remote.port)
    if (others) others.push(one)
    else byPort.set(one.remote.port, [one])
  }
  for (const connection of connections.values()) {
    const port = connection.transport === 'sse' ? remotePortOf(connection.sink) : undefined
    const sockets = port === undefined ? undefined : byPort.get(port)
    const socket = sockets?.find(({ local, remote }) => isBetween(connection.sink, local, remote))
    if (socket) found.push({ connection, forMs: socket.forMs })
  }
  return found
}
