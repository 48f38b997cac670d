import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { nanoid } from 'nanoid'
import { type WebSocket, WebSocketServer } from 'ws'
import { YayinError } from '../../../shared/errors.ts'
import type { LiveSettings } from '../../../shared/settings.ts'
import type { Authenticator } from '../../auth/authenticate.ts'
import type { Caller } from '../../auth/caller.ts'
import { ownChannels } from '../../auth/channel-rules.ts'
import { clientIpOf, type TrustProxy } from '../../auth/client-ip.ts'
import { identityOf } from '../../auth/identity.ts'
import type { ConnectLimit } from '../../hub/connect-limit.ts'
import type { CloseReason, Connection } from '../../hub/connection.ts'
import type { Hub } from '../../hub/hub.ts'
import { close, CLOSE, closeFor, closeRefused } from './close.ts'
import { type CommandDeps, createCommands } from './commands.ts'
import { FrameLimit } from './frame-limit.ts'
import { allowChannels, checkOrigin, readSocketRequest } from './request.ts'
import { Session, type SessionParts } from './session.ts'
import { SocketSink } from './sink.ts'
import { textFrame, webSocketWire } from './wire.ts'

export { isWebSocketPath } from './request.ts'

export interface WebSocketGatewayDeps extends CommandDeps {
  hub: Hub
  settings: LiveSettings
  authenticator: Pick<Authenticator, 'authenticate'>
  connectLimit: ConnectLimit
  trust: TrustProxy
  publicUrl: string | null
  /** Null while clients are taken; otherwise why not. */
  refusal: () => YayinError | null
  toYayinError: SessionParts['toYayinError']
  noteFault: SessionParts['noteFault']
  /** Records who was not let in. */
  noteRefusal: (req: IncomingMessage, error: YayinError, from: { caller: Caller | undefined; ip: string }) => void
}

/** Answers one request to upgrade; rejects, with nothing written yet, with what keeps the server from any upgrade. */
export type WebSocketGateway = (req: IncomingMessage, socket: Socket, head: Buffer) => Promise<void>

/** Room for a message's envelope: channel, ackId and the rest of a frame. */
const ENVELOPE_BYTES = 4096

/** A client that was found to be welcome. */
interface Newcomer {
  caller: Caller
  channels: string[]
  lastEventId: string | null
  presence: boolean
  ip: string
  userAgent: string
}

/** Serves `/ws`: WebSocket (RFC 6455), in both directions. */
export function createWebSocketGateway(deps: WebSocketGatewayDeps): WebSocketGateway {
  const { hub, settings, connectLimit, trust } = deps
  const server = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false })
  const run = createCommands(deps)
  const maxPayload = () => settings.values.message_max_bytes + ENVELOPE_BYTES

  settings.onChange((key) => {
    if (key !== 'message_max_bytes') return
    for (const { sink } of hub.connections.values()) if (sink instanceof SocketSink) sink.limit(maxPayload())
  })

  /** Rejects with a YayinError when the client may not come in. */
  async function admit(req: IncomingMessage, ip: string, note: (caller: Caller) => void): Promise<Newcomer> {
    const { channels: asked, token, lastEventId, presence } = readSocketRequest(req)
    const { authorization, cookie } = req.headers
    const found = await deps.authenticator.authenticate({ authorization, cookie, queryToken: token })
    const { caller } = found
    note(caller)
    checkOrigin(req, found, deps.publicUrl)
    const channels = allowChannels(asked, caller, settings.values)
    const userAgent = (req.headers['user-agent'] ?? '').slice(0, 300)
    return { caller, channels, lastEventId, presence, ip, userAgent }
  }

  function upgrade(req: IncomingMessage, socket: Socket, head: Buffer, use: (ws: WebSocket) => void): void {
    server.options.maxPayload = maxPayload()
    server.handleUpgrade(req, socket, head, (ws) => {
      // A broken frame is answered with its close code by the library.
      ws.on('error', () => close(ws, CLOSE.internalError, ''))
      use(ws)
    })
  }

  function open(ws: WebSocket, socket: Socket, newcomer: Newcomer): void {
    const { caller, ...rest } = newcomer
    if (hub.kicks.includes({ ...rest, principal: caller }, Date.now())) return closeFor(ws, 'kicked')
    const sink = new SocketSink(ws, socket, () => hub.remove(connection, 'error'))
    const end = (reason: CloseReason) => {
      // Who published a moment ago still hears what became of it.
      if (reason === 'shutdown') void session.finished().then(() => closeFor(ws, reason))
      else closeFor(ws, reason)
    }
    const options = { ...identityOf(caller), ...rest, id: nanoid(), transport: 'ws', principal: caller, sink, end }
    const own = { wire: webSocketWire, ownChannels: ownChannels(caller) }
    const connection: Connection = hub.connect({ ...options, ...own }, newcomer.lastEventId)
    const limit = new FrameLimit(() => settings.values.client_rate_limit, Date.now())
    const { toYayinError, noteFault } = deps
    const session: Session = new Session({ hub, ws, connection, run, limit, toYayinError, noteFault })
    ws.on('message', () => sink.alive())
    ws.on('pong', () => sink.alive())
    ws.on('error', () => hub.remove(connection, 'closed'))
    ws.on('close', () => hub.remove(connection, 'closed'))
  }

  return async (req, socket, head) => {
    const ip = clientIpOf(req, trust)
    connectLimit.take(ip, Date.now())
    hub.assertRoom()
    let caller: Caller | undefined
    // While it is found out who this is, the client may go away.
    const ignore = () => undefined
    socket.on('error', ignore)
    const outcome = await admit(req, ip, (found) => (caller = found)).catch(deps.toYayinError)
    socket.off('error', ignore)
    const refused = deps.refusal()
    if (refused) throw refused
    if (socket.destroyed) return
    if (!(outcome instanceof YayinError)) {
      hub.assertRoom()
      upgrade(req, socket, head, (ws) => open(ws, socket, outcome))
      return
    }
    if (outcome.status >= 500) throw outcome
    deps.noteRefusal(req, outcome, { caller, ip })
    upgrade(req, socket, head, (ws) => refuse(ws, socket, outcome))
  }
}

/** Says why in full, and in short in the close frame. */
function refuse(ws: WebSocket, socket: Socket, error: YayinError): void {
  const { code, message } = error
  socket.write(textFrame(JSON.stringify({ type: 'error', code, message })))
  closeRefused(ws, error)
}
