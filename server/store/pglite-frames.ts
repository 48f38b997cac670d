/** A piece of what a client sends that PostgreSQL answers as a whole. */
export interface Unit {
  bytes: Buffer
  kind: 'ssl' | 'cancel' | 'startup' | 'query' | 'flush' | 'terminate'
}

const SSL_REQUEST = 80_877_103
const GSS_REQUEST = 80_877_104
const CANCEL_REQUEST = 80_877_102

/** Messages that end a unit: Query, Sync, FunctionCall; Flush; Terminate. */
const ENDS: Readonly<Record<number, Unit['kind']>> = {
  [code('Q')]: 'query',
  [code('S')]: 'query',
  [code('F')]: 'query',
  [code('H')]: 'flush',
  [code('X')]: 'terminate',
}

/**
 * Cuts a client's byte stream (PostgreSQL's protocol 3.0) into units: a start-up packet, a simple query,
 * or all messages up to a Sync, which must reach a shared session in one go: its unnamed statement and
 * portal would else be another client's. Returns the units that `chunk` completes; throws on bytes that are no protocol.
 */
export function createUnitReader(): (chunk: Buffer) => Unit[] {
  let started = false
  let pending: Buffer[] = []
  let pendingBytes = 0
  let neededBytes = 8
  let scanned = 0

  return (chunk) => {
    pending.push(chunk)
    pendingBytes += chunk.length
    if (pendingBytes < neededBytes) return []
    const data = pending.length === 1 ? chunk : Buffer.concat(pending)
    const units: Unit[] = []
    let from = 0
    let at = scanned
    for (;;) {
      const end = at + messageLength(data, at, started)
      if (end > data.length) {
        neededBytes = end - from
        break
      }
      const kind = started ? ENDS[data[at]!] : openingKind(data, at)
      at = end
      if (kind === undefined) continue
      if (kind === 'startup') started = true
      units.push({ bytes: data.subarray(from, end), kind })
      from = end
    }
    pending = [data.subarray(from)]
    pendingBytes = data.length - from
    scanned = at - from
    return units
  }
}

/** Length of the message at `at`, or of its header while that is not there yet. */
function messageLength(data: Buffer, at: number, started: boolean): number {
  const headerBytes = started ? 5 : 8
  if (data.length - at < headerBytes) return headerBytes
  const length = started ? 1 + data.readUInt32BE(at + 1) : data.readUInt32BE(at)
  if (length < headerBytes) throw new Error('not the PostgreSQL protocol')
  return length
}

function openingKind(data: Buffer, at: number): Unit['kind'] {
  const request = data.readUInt32BE(at + 4)
  if (request === SSL_REQUEST || request === GSS_REQUEST) return 'ssl'
  return request === CANCEL_REQUEST ? 'cancel' : 'startup'
}

function code(letter: string): number {
  return letter.charCodeAt(0)
}
