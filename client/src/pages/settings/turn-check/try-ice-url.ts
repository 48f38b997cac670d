import type { IceUrl } from './ice-url.ts'

/** What a browser got from one ICE server. */
export type IceOutcome =
  /** The address that others would reach this browser at, and how long it took. */
  | { kind: 'works'; address: string; tookMs: number }
  /** The server, or the way to it, said no; RFC 8489 §14.8 and RFC 8656 §19 name the codes, 701 is the browser's own. */
  | { kind: 'refused'; code: number; reason: string }
  /** Nothing came. */
  | { kind: 'silent' }

const MOST_MS = 8000
const WANTED = { turn: 'relay', stun: 'srflx' } as const
/** The browser could not reach the server (W3C WebRTC §4.8.3). */
export const UNREACHABLE_CODE = 701

/** Gathers candidates through one server alone; resolves with the first, or with why there is none. */
export async function tryIceUrl({ url, kind }: IceUrl, credentials: RTCIceServer): Promise<IceOutcome> {
  const pc = new RTCPeerConnection({
    iceServers: [{ ...credentials, urls: url }],
    iceTransportPolicy: kind === 'turn' ? 'relay' : 'all',
  })
  try {
    // Something to connect, or nothing is gathered.
    pc.createDataChannel('check')
    const outcome = firstOutcome(pc, WANTED[kind])
    await pc.setLocalDescription()
    return await outcome
  } catch (error) {
    return { kind: 'refused', code: UNREACHABLE_CODE, reason: error instanceof Error ? error.message : '' }
  } finally {
    pc.close()
  }
}

function firstOutcome(pc: RTCPeerConnection, wanted: RTCIceCandidateType): Promise<IceOutcome> {
  const startsAt = performance.now()
  let refusal: IceOutcome | null = null
  return new Promise((resolve) => {
    const timer = setTimeout(end, MOST_MS)
    function end() {
      clearTimeout(timer)
      resolve(refusal ?? { kind: 'silent' })
    }
    pc.addEventListener('icecandidateerror', ({ errorCode, errorText }) => {
      // A server tried over several ways fails on each; what it says itself tells more than that it was not reached.
      const isFirst = refusal === null || errorCode !== UNREACHABLE_CODE
      if (isFirst) refusal = { kind: 'refused', code: errorCode, reason: errorText }
    })
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) return end()
      if (candidate.type !== wanted) return
      clearTimeout(timer)
      resolve({ kind: 'works', address: addressOf(candidate), tookMs: performance.now() - startsAt })
    })
  })
}

function addressOf({ address, port }: RTCIceCandidate): string {
  return address?.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
