import { createNegotiation, type Negotiation } from './negotiation.ts'
import type { Outbox } from './outbox.ts'
import { addLines, type Lines, takeLines, type Tracks } from './slots.ts'

export interface SessionOptions {
  pc: RTCPeerConnection
  /** Whether this side makes the first offer; the other one takes its media lines from it. */
  offers: boolean
  polite: boolean
  outbox: Outbox
  tracks: () => Tracks
  onLines: () => void
  onOfferSent: () => void
  onConnectionState: (state: RTCPeerConnectionState) => void
  onBroken: (error: unknown) => void
}

/** One `RTCPeerConnection` to one participant, from its first offer to its end. */
export interface Session {
  readonly pc: RTCPeerConnection
  readonly negotiation: Negotiation
  /** Empty until the first offer has come, where the other side makes it. */
  readonly lines: Lines
  /** The other side's session (see `Origin`), as soon as it is known. */
  remoteSession: string | null
  close: () => void
}

/** How long a description waits for this machine's own addresses, which come at once and save a request each. */
const GATHER_MS = 25

export function openSession(options: SessionOptions): Session {
  const { pc, outbox } = options
  /** Candidates that no description has brought for certain. */
  const fresh = new Set<RTCIceCandidate>()
  let lines: Lines = {}

  const negotiation = createNegotiation({
    pc,
    polite: options.polite,
    onBroken: options.onBroken,
    async beforeAnswer() {
      if (Object.keys(lines).length > 0) return
      lines = await takeLines(pc, options.tracks)
      options.onLines()
    },
    send({ kind, sdp, isRepeated }) {
      outbox.add(async () => {
        await gathered(pc, GATHER_MS)
        const text = sdp()
        if (text === '') return null
        // Of two answers to one offer the second is passed over, with what only it holds.
        if (!isRepeated) fresh.clear()
        if (kind === 'offer') options.onOfferSent()
        return { kind, sdp: text }
      })
    },
  })

  pc.onnegotiationneeded = negotiation.offer
  pc.onconnectionstatechange = () => options.onConnectionState(pc.connectionState)
  pc.onicecandidate = ({ candidate }) => {
    // The end of gathering, which the other side needs no word of.
    if (candidate === null || candidate.candidate === '') return
    fresh.add(candidate)
    outbox.add(() => (fresh.delete(candidate) ? { kind: 'candidate', candidate: { ...candidate.toJSON() } } : null))
  }
  if (options.offers) lines = addLines(pc, options.tracks())

  return {
    pc,
    negotiation,
    get lines() {
      return lines
    },
    remoteSession: null,
    close() {
      pc.onnegotiationneeded = pc.onconnectionstatechange = pc.onicecandidate = null
      fresh.clear()
      pc.close()
    },
  }
}

/** Resolves once all candidates are found, or after `mostMs`. */
function gathered(pc: RTCPeerConnection, mostMs: number): Promise<void> {
  if (pc.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, mostMs)
    function done() {
      clearTimeout(timer)
      pc.removeEventListener('icegatheringstatechange', check)
      resolve()
    }
    function check() {
      if (pc.iceGatheringState === 'complete') done()
    }
    pc.addEventListener('icegatheringstatechange', check)
  })
}
