import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/*
 * A finished request whose answer never ends costs more memory than the stream itself: Node keeps the parser with its
 * buffers, the request and the response with all their headers. Once the head is out none of it is needed; for an
 * upgrade (WebSocket) Node lets go of the same things by itself. What is done here is what Node does there, by the
 * properties that its objects show. On a Node where one of them is missing nothing is done, and all works as before.
 */

/** The native parser, as far as it is used here. */
interface Parser {
  /** Takes it off the server's list of connections, which times requests. */
  remove(): void
  /** Frees it. */
  close(): void
}

type HttpSocket = Socket & { parser?: Parser | null }

/** Sockets on which somebody waits behind an answer that never ends. */
const shared = new WeakSet<Socket>()

/** Keeps a socket from being let go of: somebody else has to hear of its end, who was asked for something on it. */
export function share(socket: Socket): void {
  shared.add(socket)
  // However many they are: Node would print a warning for whoever asks for a dozen.
  socket.setMaxListeners(0)
}

const ignore = () => undefined

function endSocket(this: Socket): void {
  this.end()
}

/**
 * Frees what Node holds for `res`, whose head and first bytes were written to `socket`, in the next turn of the event
 * loop: in this one the parser is still at work. `onGone` is called once when the socket closes, whether or not anything
 * could be freed. Errors of the socket are taken note of by its closing.
 */
export function letGo(res: ServerResponse, socket: HttpSocket, onGone: () => void): void {
  socket.on('close', onGone)
  // Without a listener a connection that is reset would end the process.
  socket.on('error', ignore)
  setImmediate(() => {
    if (canLetGo(res, socket)) free(res, socket, onGone)
  })
}

function canLetGo(res: ServerResponse, socket: HttpSocket): boolean {
  const parser = socket.parser
  return (
    !socket.destroyed &&
    !shared.has(socket) &&
    res.socket === socket &&
    typeof res.detachSocket === 'function' &&
    typeof parser?.remove === 'function' &&
    typeof parser.close === 'function'
  )
}

function free(res: ServerResponse, socket: HttpSocket, onGone: () => void): void {
  // The first listener for data makes Node take the socket's bytes away from the parser.
  socket.on('data', ignore)
  res.detachSocket(socket)
  socket.removeAllListeners()
  const parser = socket.parser
  socket.parser = null
  parser?.remove()
  parser?.close()
  listenAlone(socket, onGone)
}

/** Listens to a socket that nobody else listens to: calls `onGone` once it has closed, and drops what still comes. */
function listenAlone(socket: Socket, onGone: () => void): void {
  // Reading goes on, since only a reader learns that the other side has gone.
  socket.on('data', ignore)
  socket.on('end', endSocket)
  // Without a listener a connection that is reset would end the process.
  socket.on('error', ignore)
  socket.on('close', onGone)
  socket.resume()
}
