import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { openEvents } from './sse.ts'

let closeServer: () => void = () => undefined
afterEach(() => closeServer())

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  closeServer = () => {
    server.closeAllConnections()
    server.close()
  }
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const streaming = { 'content-type': 'text/event-stream; charset=utf-8' }

it('finds an event whether it came before the question or comes after', async () => {
  const url = await serve((_req, res) => {
    res.writeHead(200, streaming).write('id: 1\ndata: {"n":1}\n\n')
    setImmediate(() => res.write('id: 2\ndata: {"n":2}\n\n'))
  })
  const stream = await openEvents(url)
  expect((await stream.waitFor((frame) => frame.body.n === 2)).lastEventId).toBe('2')
  expect((await stream.waitFor((frame) => frame.body.n === 1)).lastEventId).toBe('1')
  stream.close()
  await stream.ended
})

it('rejects with what it saw when the stream ends or the deadline passes without the event', async () => {
  const url = await serve((req, res) => {
    res.writeHead(200, streaming).write('data: {"n":1}\n\n')
    if (req.url?.includes('cut')) res.end()
  })
  const cut = await openEvents(url, { channels: ['cut'] })
  await expect(cut.waitFor((frame) => frame.body.n === 2)).rejects.toThrow(
    'before the stream ended; the last of 1: {"n":1}',
  )
  const open = await openEvents(url)
  await expect(open.waitFor((frame) => frame.body.n === 2, 20)).rejects.toThrow('within 20 ms')
  open.close()
})

it('sends channels, token and position when they are given', async () => {
  const url = await serve((req, res) => {
    const { authorization, 'last-event-id': position } = req.headers
    res.writeHead(200, streaming).end(`data: ${JSON.stringify({ url: req.url, authorization, position })}\n\n`)
  })
  const stream = await openEvents(url, { channels: ['a', 'b/*'], token: 't', lastEventId: 'e.1' })
  await stream.ended
  expect(stream.frames[0]?.body).toEqual({
    url: '/api/events?channel=a&channel=b%2F*',
    authorization: 'Bearer t',
    position: 'e.1',
  })
})

it('gives status and text when the answer is a refusal', async () => {
  const url = await serve((_req, res) => res.writeHead(403, { 'content-type': 'application/problem+json' }).end('{}'))
  expect(await openEvents(url)).toMatchObject({ status: 403, text: '{}', frames: [] })
})
