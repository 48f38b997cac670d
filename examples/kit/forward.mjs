import { request } from 'node:http'

/*
 * Passes requests on to the hub, so that a page has one origin: no CORS, no second host name, one certificate. In
 * production a proxy such as nginx or Caddy does this.
 */

/**
 * Creates what passes a request on, whatever has been read of its address by then; the answer streams.
 * @param {string} hubUrl
 * @returns {import('express').RequestHandler}
 */
export function forwardRequests(hubUrl) {
  return (req, res) => {
    const onward = request(hubUrl, optionsOf(hubUrl, req), (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      // Heads go out at once: a stream may stay silent for a while.
      res.flushHeaders()
      answer.pipe(res)
      answer.on('error', () => res.destroy())
    })
    onward.on('error', () => (res.headersSent ? res.destroy() : res.status(502).json({ detail: 'The hub is away.' })))
    res.on('close', () => onward.destroy())
    req.pipe(onward)
  }
}

/**
 * Creates what passes a WebSocket on, from a server's `upgrade` event.
 * @param {string} hubUrl
 * @returns {(req: import('node:http').IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) => void}
 */
export function forwardUpgrades(hubUrl) {
  return (req, socket, head) => {
    const onward = request(hubUrl, optionsOf(hubUrl, req))
    const end = () => {
      onward.destroy()
      socket.destroy()
    }
    onward.on('upgrade', (answer, hubSocket, first) => {
      const headers = answer.rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('')
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers}\r\n`)
      socket.write(first)
      hubSocket.write(head)
      hubSocket.pipe(socket).pipe(hubSocket)
      for (const side of [hubSocket, socket]) side.on('error', end).on('close', end)
    })
    onward.on('response', (answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\nConnection: close\r\n\r\n`)
      answer.resume()
    })
    onward.on('error', end)
    socket.on('error', end)
    onward.end()
  }
}

/**
 * @param {string} hubUrl
 * @param {import('node:http').IncomingMessage & { originalUrl?: string }} req
 */
function optionsOf(hubUrl, { method, headers, url, originalUrl }) {
  return { method, path: originalUrl ?? url, headers: { ...headers, host: new URL(hubUrl).host } }
}
