import { isAnswerTo, markAnswer, originOf, withoutMark } from './sdp.ts'

/** What negotiation needs of an `RTCPeerConnection`. */
export type Negotiable = Pick<
  RTCPeerConnection,
  | 'signalingState'
  | 'localDescription'
  | 'currentLocalDescription'
  | 'remoteDescription'
  | 'setLocalDescription'
  | 'setRemoteDescription'
  | 'addIceCandidate'
>

export interface NegotiationOptions {
  pc: Negotiable
  /** Who gives way when both offer at once; exactly one of the two is. */
  polite: boolean
  /** Called when a description is to be sent. */
  send: (description: Outgoing) => void
  /** Sets up what is sent, between the remote offer and the answer to it. */
  beforeAnswer: () => Promise<void>
  /** Hears of a description that could not be applied: this connection is of no more use. */
  onBroken: (error: unknown) => void
}

/** A description on its way out. */
export interface Outgoing {
  kind: 'offer' | 'answer'
  /** Gives it with the candidates found so far; empty once it is of no more use. */
  sdp: () => string
  /** Went out before, or answers what was answered before: the other side may well pass it over. */
  isRepeated: boolean
}

/** Offers and answers of one connection, one step at a time. */
export interface Negotiation {
  /** Makes an offer unless one is under way; for `negotiationneeded`, which fires again when there is more to offer. */
  offer: () => void
  receiveOffer: (sdp: string) => void
  receiveAnswer: (sdp: string) => void
  receiveCandidate: (candidate: RTCIceCandidateInit) => void
  /** Sends the offer again that was not answered; does nothing when there is none. */
  repeatOffer: () => void
  readonly isWaiting: boolean
  /** Resolves once all that was asked so far is done; for tests. */
  settled: () => Promise<void>
}

/**
 * Perfect negotiation (W3C WebRTC §10.7). Every step waits for the one before, so that a signal never meets a
 * connection in the middle of another: what is left of a collision is an offer that comes while ours is out.
 */
export function createNegotiation({ pc, polite, send, beforeAnswer, onBroken }: NegotiationOptions): Negotiation {
  let tail = Promise.resolve()
  /** The other side's last offer was passed over: its candidates are, too, until it has answered ours. */
  let ignoring = false
  /** The offer that was answered last. */
  let answered: string | null = null

  function step(run: () => Promise<void>) {
    tail = tail
      .then(() => (isClosed() ? undefined : run()))
      .catch((error: unknown) => {
        if (!isClosed()) onBroken(error)
      })
  }

  // A step may close the connection: the state is asked for anew each time.
  const isClosed = () => pc.signalingState === 'closed'
  const isWaiting = () => pc.signalingState === 'have-local-offer'

  async function makeOffer() {
    if (pc.signalingState !== 'stable') return
    await pc.setLocalDescription()
    sendOffer(false)
  }

  function sendOffer(isRepeated: boolean) {
    send({ kind: 'offer', isRepeated, sdp: () => (isWaiting() ? (pc.localDescription?.sdp ?? '') : '') })
  }

  async function takeOffer(sdp: string) {
    ignoring = isWaiting() && !polite
    if (ignoring) return
    // Takes back an offer of ours that is out, by itself.
    await pc.setRemoteDescription({ type: 'offer', sdp })
    await beforeAnswer()
    await pc.setLocalDescription()
    // By the time it is sent, an offer of ours may be out.
    const answer = () => markAnswer(pc.currentLocalDescription?.sdp ?? '', sdp)
    const origin = JSON.stringify(originOf(sdp))
    send({ kind: 'answer', isRepeated: origin === answered, sdp: answer })
    answered = origin
  }

  async function takeAnswer(sdp: string) {
    // An answer to an offer that was taken back, or one that came twice.
    if (!isWaiting() || !isAnswerTo(sdp, pc.localDescription?.sdp ?? '')) return
    await pc.setRemoteDescription({ type: 'answer', sdp: withoutMark(sdp) })
    ignoring = false
  }

  async function takeCandidate(candidate: RTCIceCandidateInit) {
    if (ignoring || pc.remoteDescription === null) return
    // One of a generation that is over, or of a kind that this browser does not know: the others still count.
    await pc.addIceCandidate(candidate).catch(() => undefined)
  }

  return {
    offer: () => step(makeOffer),
    receiveOffer: (sdp) => step(() => takeOffer(sdp)),
    receiveAnswer: (sdp) => step(() => takeAnswer(sdp)),
    receiveCandidate: (candidate) => step(() => takeCandidate(candidate)),
    repeatOffer: () =>
      step(async () => {
        if (isWaiting()) sendOffer(true)
      }),
    get isWaiting() {
      return isWaiting()
    },
    settled: () => tail,
  }
}
