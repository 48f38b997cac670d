import { createHash, createHmac, randomBytes } from 'node:crypto'

// Messages of STUN (RFC 8489 §5) and TURN (RFC 8656), as far as asking for a relay address needs them.

export const METHOD = { allocate: 0x0003, refresh: 0x0004 } as const
export const ATTRIBUTE = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  transport: 0x0019,
} as const

const MAGIC = 0x2112a442
const HEAD_BYTES = 20
const INTEGRITY_BYTES = 24
const SUCCESS = 0x0100

export type Attributes = readonly (readonly [type: number, value: Buffer])[]

/** Writes a request; with a key it is signed (RFC 8489 §14.5). */
export function writeRequest(method: number, attributes: Attributes, key?: Buffer): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => writeAttribute(type, value)))
  const head = Buffer.alloc(8)
  head.writeUInt16BE(method, 0)
  head.writeUInt16BE(body.length + (key ? INTEGRITY_BYTES : 0), 2)
  head.writeUInt32BE(MAGIC, 4)
  const text = Buffer.concat([head, randomBytes(12), body])
  if (!key) return text
  return Buffer.concat([text, writeAttribute(ATTRIBUTE.integrity, createHmac('sha1', key).update(text).digest())])
}

/** The key that long-term credentials sign with (RFC 8489 §9.2.2). */
export function signingKey(username: string, realm: Buffer, credential: string): Buffer {
  return createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest()
}

function writeAttribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)])
}

/** Returns how many bytes the message at the beginning takes; null while that is not known yet. */
export function lengthOf(bytes: Buffer): number | null {
  return bytes.length < HEAD_BYTES ? null : HEAD_BYTES + bytes.readUInt16BE(2)
}

/** Tells whether `answer` belongs to `request`: their transactions are the same. */
export function answers(answer: Buffer, request: Buffer): boolean {
  return answer.length >= HEAD_BYTES && answer.subarray(4, HEAD_BYTES).equals(request.subarray(4, HEAD_BYTES))
}

/** Tells whether an answer is a success (RFC 8489 §5: class 0b10). */
export function isSuccess(answer: Buffer): boolean {
  return (answer.readUInt16BE(0) & 0x0110) === SUCCESS
}

/** Reads the attributes of a message; what is cut off at its end is left out. */
export function readAttributes(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>()
  for (let at = HEAD_BYTES; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2)
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length + (-length & 3)
  }
  return found
}

/** Reads `ERROR-CODE` (RFC 8489 §14.8); null when there is none. */
export function readError(attributes: ReadonlyMap<number, Buffer>): { code: number; reason: string } | null {
  const value = attributes.get(ATTRIBUTE.error)
  if (value === undefined || value.length < 4) return null
  return { code: (value[2]! & 7) * 100 + value[3]!, reason: value.subarray(4).toString() }
}

/** Reads an address that is written XORed (RFC 8489 §14.2); null for one that is none. */
export function readAddress(value: Buffer | undefined, message: Buffer): { address: string; port: number } | null {
  const bytes = value?.[1] === 1 ? 4 : value?.[1] === 2 ? 16 : 0
  if (value === undefined || bytes === 0 || value.length < 4 + bytes) return null
  const port = value.readUInt16BE(2) ^ (MAGIC >>> 16)
  const plain = Buffer.from(value.subarray(4, 4 + bytes).map((byte, i) => byte ^ message[4 + i]!))
  return { address: bytes === 4 ? plain.join('.') : ipv6Of(plain), port }
}

function ipv6Of(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_group, i) => bytes.readUInt16BE(2 * i).toString(16))
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
