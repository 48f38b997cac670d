import { openLink, type Link, type TurnPlace } from './link.ts'
import {
  ATTRIBUTE,
  isSuccess,
  METHOD,
  readAddress,
  readAttributes,
  readError,
  signingKey,
  writeRequest,
} from './message.ts'

export interface TurnCredentials {
  username: string
  credential: string
}

/** What a TURN server has answered. */
export type Allocation =
  | { kind: 'relayed'; address: string; port: number }
  /** `code` is 401 for wrong credentials, 486 above a quota, 508 without a free port (RFC 8656 §19). */
  | { kind: 'refused'; code: number; reason: string }

const UDP_PROTOCOL = Buffer.from([17, 0, 0, 0])
const AT_ONCE = Buffer.alloc(4)

/**
 * Asks a TURN server for a relay address, as a browser does (RFC 8656 §7), and gives it back at once. Rejects when the
 * server can't be reached, with a TimeoutError when it says nothing.
 */
export async function allocate(place: TurnPlace, credentials: TurnCredentials, timeoutMs = 5000): Promise<Allocation> {
  const link = await openLink(place, timeoutMs)
  try {
    const challenge = readAttributes(
      await link.ask(writeRequest(METHOD.allocate, [[ATTRIBUTE.transport, UDP_PROTOCOL]])),
    )
    const [realm, nonce] = [challenge.get(ATTRIBUTE.realm), challenge.get(ATTRIBUTE.nonce)]
    if (realm === undefined || nonce === undefined) return refusal(challenge)
    return await allocateAs(link, { realm, nonce, ...credentials })
  } finally {
    link.close()
  }
}

interface Signed extends TurnCredentials {
  realm: Buffer
  nonce: Buffer
}

async function allocateAs(link: Link, { username, credential, realm, nonce }: Signed): Promise<Allocation> {
  const key = signingKey(username, realm, credential)
  const who = [
    [ATTRIBUTE.username, Buffer.from(username)],
    [ATTRIBUTE.realm, realm],
    [ATTRIBUTE.nonce, nonce],
  ] as const
  const answer = await link.ask(writeRequest(METHOD.allocate, [[ATTRIBUTE.transport, UDP_PROTOCOL], ...who], key))
  const found = readAttributes(answer)
  const relayed = isSuccess(answer) ? readAddress(found.get(ATTRIBUTE.relayed), answer) : null
  if (relayed === null) return refusal(found)
  // Kept, it would count against a quota for ten minutes.
  await link.ask(writeRequest(METHOD.refresh, [[ATTRIBUTE.lifetime, AT_ONCE], ...who], key)).catch(() => undefined)
  return { kind: 'relayed', ...relayed }
}

function refusal(attributes: ReadonlyMap<number, Buffer>): Allocation {
  const error = readError(attributes) ?? { code: 0, reason: 'it speaks no TURN with long-term credentials' }
  return { kind: 'refused', ...error }
}
