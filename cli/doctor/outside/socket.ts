import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'
import { linesFor } from '../proxies.ts'
import { hold } from './held.ts'
import { authorizationOf, PATIENCE_MS, streamOf, type Target } from './target.ts'

/** How the first moments of a WebSocket went. */
type Opened =
  | { kind: 'greeted' }
  | { kind: 'closed'; code: number; reason: string }
  | { kind: 'status'; status: number }
  | { kind: 'failed'; reason: string }

/** Looks at a WebSocket: whether the upgrade comes through, and whether it stands while nothing is published. */
export async function socket(target: Target): Promise<Finding[]> {
  const address = streamOf(target, '/ws')
  address.protocol = address.protocol.replace('http', 'ws')
  const options = { headers: authorizationOf(target), handshakeTimeout: PATIENCE_MS, rejectUnauthorized: false }
  const ws = new WebSocket(address, options)
  const opened = await begin(ws)
  if (opened.kind !== 'greeted') {
    ws.on('error', () => undefined).terminate()
    return [judge(opened, target)]
  }
  const through: Finding = { check: 'WebSocket', outcome: 'ok', says: 'the upgrade comes through' }
  if (target.idleMs === 0) {
    ws.terminate()
    return [through]
  }
  return [through, await holdIdle(ws, target)]
}

function begin(ws: WebSocket): Promise<Opened> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'failed', reason: 'nothing came' }), 2 * PATIENCE_MS)
    const settle = (opened: Opened) => {
      clearTimeout(timer)
      resolve(opened)
    }
    ws.on('error', (error) => settle({ kind: 'failed', reason: reasonOf(error) }))
    ws.on('close', (code, reason) => settle({ kind: 'closed', code, reason: reason.toString() }))
    ws.on('unexpected-response', (_request, response: IncomingMessage) => {
      response.destroy()
      settle({ kind: 'status', status: response.statusCode ?? 0 })
    })
    ws.on('message', (data: Buffer) => {
      if (data.toString().includes('"type":"connected"')) settle({ kind: 'greeted' })
    })
  })
}

function judge(opened: Exclude<Opened, { kind: 'greeted' }>, { channel, proxy }: Target): Finding {
  if (opened.kind === 'closed' && opened.code === 1008) {
    const says = `the upgrade comes through; ${channel} is not for everybody (${opened.reason})`
    return { check: 'WebSocket', outcome: 'ok', says }
  }
  return {
    check: 'WebSocket',
    outcome: 'fail',
    says: `${seenOf(opened)}: a proxy that does not pass Upgrade on. Clients go by Server-Sent Events meanwhile`,
    change: linesFor(proxy, {
      nginx: 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";',
      HAProxy: 'nothing in http mode; `option http-server-close` must not stand in the way',
    }),
    see: 'websocket',
  }
}

function seenOf(opened: Exclude<Opened, { kind: 'greeted' }>): string {
  switch (opened.kind) {
    case 'status':
      return `the upgrade is answered with ${opened.status}, and ought to be with 101`
    case 'closed':
      return `the WebSocket was closed at once (${opened.code})`
    case 'failed':
      return `no WebSocket (${opened.reason})`
  }
}

async function holdIdle(ws: WebSocket, { idleMs, proxy, signal }: Target): Promise<Finding> {
  const openedAt = performance.now()
  let lastAt = openedAt
  const note = () => void (lastAt = performance.now())
  ws.on('message', note).on('ping', note)
  const onEnd = (listener: () => void) => (ws.readyState === ws.OPEN ? void ws.once('close', listener) : listener())
  const connection = { openedAt, lastAt: () => lastAt, onEnd, close: () => ws.terminate() }
  const held = await hold(connection, idleMs, signal)
  if (held.kind === 'stood') {
    return { check: 'idle cut', outcome: 'ok', says: `a WebSocket stood for ${(idleMs / 1000).toFixed(1)} s` }
  }
  return {
    check: 'idle cut',
    outcome: 'fail',
    says: `a WebSocket was cut after ${(held.afterMs / 1000).toFixed(1)} s`,
    change: linesFor(proxy, {
      nginx: 'proxy_read_timeout 1h; proxy_send_timeout 1h; where /ws is passed on',
      Caddy: 'no stream_timeout in reverse_proxy',
      HAProxy: 'timeout tunnel 1h',
    }),
    see: 'idle-cut',
  }
}
