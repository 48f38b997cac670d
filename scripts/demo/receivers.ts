import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HubApi } from './hub-api.ts'
import type { Life } from './life.ts'
import type { Random } from './random.ts'

/** Other servers that are told of what happens, and how they answer. */
const RECEIVERS = [
  { name: 'Warehouse', path: '/warehouse', events: ['message.published'], channels: ['shop/orders'], fails: 0 },
  {
    name: 'Presence board',
    path: '/board',
    events: ['channel.occupied', 'channel.vacated'],
    channels: ['**'],
    fails: 0,
  },
  { name: 'Meeting minutes', path: '/minutes', events: ['room.started', 'room.ended'], channels: ['**'], fails: 0.3 },
  { name: 'Old newsletter', path: '/newsletter', events: ['message.published'], channels: ['broadcast'], fails: 1 },
] as const
const ANSWER_MS = 40

/** Starts the receivers on a port of this machine, and has the hub tell them. */
export async function startReceivers(hub: HubApi, life: Life, random: Random): Promise<void> {
  const server = createServer((req, res) => {
    const fails = RECEIVERS.find(({ path }) => path === req.url)?.fails ?? 1
    req.resume().on('end', () => {
      const isIll = random.between(0, 99) < fails * 100
      setTimeout(
        () => res.writeHead(isIll ? 503 : 200).end(isIll ? 'down for maintenance' : '{"ok":true}'),
        random.between(1, ANSWER_MS),
      )
    })
  })
  life.signal.addEventListener('abort', () => server.close().closeAllConnections())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { webhooks } = await hub.need<{ webhooks: { id: string }[] }>('GET', '/api/webhooks')
  // Data that were kept have those of another port.
  for (const { id } of webhooks) await hub.need('DELETE', `/api/webhooks/${id}`)
  for (const { name, path, events, channels } of RECEIVERS) {
    await hub.need('POST', '/api/webhooks', { name, url: `http://127.0.0.1:${port}${path}`, events, channels })
  }
}
