import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from './until.ts'

/** A request that a webhook has sent. */
export interface Received {
  path: string
  headers: Record<string, string | string[] | undefined>
  body: string
  /** The body as an event. */
  event: { type: string; timestamp: string; data: Record<string, unknown> }
}

/** A server that webhooks are sent to. Close it when done. */
export interface WebhookReceiver {
  readonly url: string
  readonly port: number
  readonly received: readonly Received[]
  /** How it answers at a path from now on; 204 at first. */
  answer(path: string, how: (request: Received, response: ServerResponse) => void): void
  /** Resolves with the first request that fits, be it one that has come already. */
  waitFor(fits: (request: Received) => boolean, what?: string): Promise<Received>
  of(type: string): Received[]
  close(): Promise<void>
}

export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const received: Received[] = []
  const answers = new Map<string, (request: Received, response: ServerResponse) => void>()
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const event = JSON.parse(body) as Received['event']
      const request = { path: req.url ?? '', headers: req.headers, body, event }
      received.push(request)
      const answer = answers.get(request.path)
      if (answer === undefined) res.writeHead(204).end()
      else answer(request, res)
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: actual } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    received,
    answer: (path, how) => void answers.set(path, how),
    waitFor: (fits, what = 'a request that fits') =>
      until(() => received.find(fits), { deadlineMs: 20_000, everyMs: 20, what }),
    of: (type) => received.filter(({ event }) => event.type === type),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Tells whether a request is signed with the secret, by the scheme's own words and not by the server's code. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(expected)
}
