import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

// As much of TURN (RFC 8656) as it takes to ask for a relay address, and to be refused one.

export interface TurnServer {
  transport: 'udp' | 'tcp' | 'tls'
  port: number
  username: string
  credential: string
}

const ALLOCATE = 0x0003
const SUCCESS = 0x0103
const MAGIC = 0x2112a442
const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
} as const
const UDP_PROTOCOL = Buffer.from([17, 0, 0, 0])

/** Asks the server on this machine for a relay address; resolves with that, or with the code of the refusal. */
export async function allocate(server: TurnServer): Promise<{ relayPort: number } | { code: number }> {
  const link = await open(server)
  try {
    const challenge = await link.ask(message([[ATTRIBUTE.transport, UDP_PROTOCOL]]))
    const attributes = attributesOf(challenge)
    const [realm, nonce] = [attributes.get(ATTRIBUTE.realm)!, attributes.get(ATTRIBUTE.nonce)!]
    const key = createHash('md5').update(`${server.username}:${realm.toString()}:${server.credential}`).digest()
    const known: [number, Buffer][] = [
      [ATTRIBUTE.transport, UDP_PROTOCOL],
      [ATTRIBUTE.username, Buffer.from(server.username)],
      [ATTRIBUTE.realm, realm],
      [ATTRIBUTE.nonce, nonce],
    ]
    const answer = await link.ask(message(known, key))
    const found = attributesOf(answer)
    if (answer.readUInt16BE(0) === SUCCESS) {
      return { relayPort: found.get(ATTRIBUTE.relayed)!.readUInt16BE(2) ^ (MAGIC >>> 16) }
    }
    const error = found.get(ATTRIBUTE.error)!
    return { code: error[2]! * 100 + error[3]! }
  } finally {
    link.close()
  }
}

function message(attributes: readonly [number, Buffer][], key?: Buffer): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => attribute(type, value)))
  const head = Buffer.alloc(8)
  head.writeUInt16BE(ALLOCATE, 0)
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2)
  head.writeUInt32BE(MAGIC, 4)
  const text = Buffer.concat([head, randomBytes(12), body])
  if (!key) return text
  const integrity = createHmac('sha1', key).update(text).digest()
  return Buffer.concat([text, attribute(ATTRIBUTE.integrity, integrity)])
}

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)])
}

function attributesOf(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = 20; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2)
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length + (-length & 3)
  }
  return found
}

interface Link {
  /** Sends a request; resolves with the answer. */
  ask(request: Buffer): Promise<Buffer>
  close(): void
}

function open({ transport, port }: TurnServer): Promise<Link> {
  if (transport === 'udp') return Promise.resolve(overUdp(port))
  return transport === 'tcp'
    ? overStream(connect(port, '127.0.0.1'), 'connect')
    : overStream(connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false }), 'secureConnect')
}

function overUdp(port: number): Link {
  const socket = createSocket('udp4')
  return {
    ask: (request) =>
      new Promise((resolve) => {
        socket.once('message', resolve)
        socket.send(request, port, '127.0.0.1')
      }),
    close: () => socket.close(),
  }
}

/** A message tells its length in its head (RFC 8489 §6.2.2). */
async function overStream(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Link> {
  await new Promise<void>((resolve, reject) => {
    socket.once(event, resolve).once('error', reject)
  })
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        let received = Buffer.alloc(0)
        const onData = (chunk: Buffer) => {
          received = Buffer.concat([received, chunk])
          if (received.length < 20 || received.length < 20 + received.readUInt16BE(2)) return
          socket.off('data', onData)
          resolve(received)
        }
        socket
          .on('data', onData)
          .once('error', reject)
          .once('end', () => reject(new Error('the server hung up')))
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}
