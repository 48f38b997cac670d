import { createOutbox, type Posted } from './outbox.ts'
import { NEW, nextRemedy, onConnectionState, shownAs, type Health } from './recovery.ts'
import { isAnswerTo, originOf } from './sdp.ts'
import { limitLines, type SendLimits } from './send-limits.ts'
import { openSession, type Session } from './session.ts'
import type { Signal } from '../../../shared/video.ts'
import type { Lines, Slot, Tracks } from './slots.ts'
import type { PeerConnection } from './snapshot.ts'

export interface PeerOptions {
  /** Who gives way when both offer at once; exactly one of the two is. */
  polite: boolean
  connect: () => RTCPeerConnection
  tracks: () => Tracks
  post: (signal: Signal) => Promise<Posted>
  /** The connection's state or its lines changed. */
  onChange: () => void
}

/** Picture and sound to and from one participant, kept up as long as both are in the room. */
export interface Peer {
  readonly connection: PeerConnection
  /** Empty until both sides have agreed on them; other objects after a new start. */
  readonly lines: Lines
  /** Makes the first offer. */
  begin: () => void
  receive: (signal: Signal) => void
  /** Tells whether signals come and go. What may have been missed while they did not is negotiated anew. */
  setOpen: (open: boolean) => void
  /** Sends another track, or none, in a slot. */
  send: (slot: Slot, track: MediaStreamTrack | null) => void
  limit: (limits: SendLimits) => void
  /** Looks for a new way, as after a change of network. */
  restart: () => void
  setConfiguration: (configuration: RTCConfiguration) => void
  stats: () => Promise<RTCStatsReport | null>
  close: () => void
}

const REPEAT_MS = 4000
const LONGEST_REPEAT_MS = 15_000

export function createPeer({ polite, connect, tracks, post, onChange }: PeerOptions): Peer {
  const outbox = createOutbox(post)
  let session: Session | null = null
  let health: Health = NEW
  let isOpen = false
  let wasOpen = false
  let isBroken = false
  let limits: SendLimits = {}
  let limiting = Promise.resolve()
  let mendTimer: ReturnType<typeof setTimeout> | undefined
  let repeatTimer: ReturnType<typeof setTimeout> | undefined
  let repeats = 0

  function open(offers: boolean): Session {
    session?.close()
    clearTimeout(repeatTimer)
    repeats = 0
    isBroken = false
    const opened = openSession({
      pc: connect(),
      offers,
      polite,
      outbox,
      tracks,
      onLines: onChange,
      onOfferSent: () => repeatLater(opened),
      onConnectionState: (state) => follow(opened, state),
      onBroken() {
        isBroken = true
        setHealth(onConnectionState(health, 'failed', { nowMs: Date.now(), polite }))
      },
    })
    session = opened
    onChange()
    return opened
  }

  function follow(opened: Session, state: RTCPeerConnectionState) {
    if (opened !== session) return
    setHealth(onConnectionState(health, state, { nowMs: Date.now(), polite }))
    if (state === 'connected') applyLimits()
  }

  function setHealth(next: Health) {
    if (next === health) return
    health = next
    scheduleMending()
    onChange()
  }

  function scheduleMending() {
    clearTimeout(mendTimer)
    if (isOpen && health.kind === 'ill') mendTimer = setTimeout(mend, Math.max(0, health.atMs - Date.now()))
  }

  function mend() {
    if (health.kind !== 'ill') return
    const next = nextRemedy(health, Date.now())
    if (next.remedy === 'replace' || isBroken || session === null) open(true)
    else session.pc.restartIce()
    setHealth(next.health)
  }

  /** An offer or its answer may be lost on a stream that was cut: the same offer again does no harm. */
  function repeatLater(opened: Session) {
    clearTimeout(repeatTimer)
    const waitMs = Math.min(LONGEST_REPEAT_MS, REPEAT_MS * 2 ** repeats++)
    repeatTimer = setTimeout(() => {
      if (opened !== session) return
      if (opened.negotiation.isWaiting) opened.negotiation.repeatOffer()
      else repeats = 0
    }, waitMs)
  }

  function receiveOffer(sdp: string) {
    const remoteSession = originOf(sdp)?.session ?? null
    if (session === null || startsAnew(session, remoteSession)) session = open(false)
    // An offer that is passed over says nothing of the session that will answer ours.
    if (polite || !session.negotiation.isWaiting) session.remoteSession = remoteSession
    session.negotiation.receiveOffer(sdp)
  }

  /** The other side has a new connection; or both made a first offer at once, and this one gives way. */
  function startsAnew({ remoteSession: known }: Session, remoteSession: string | null): boolean {
    return known === null ? polite : known !== remoteSession
  }

  function receiveAnswer(sdp: string) {
    if (session === null) return
    const offer = session.pc.localDescription?.sdp ?? ''
    if (session.negotiation.isWaiting && isAnswerTo(sdp, offer)) {
      session.remoteSession = originOf(sdp)?.session ?? null
    }
    session.negotiation.receiveAnswer(sdp)
  }

  function applyLimits() {
    limiting = limiting.then(() => limitLines(session?.lines ?? {}, limits))
  }

  return {
    get connection() {
      return shownAs(health)
    },
    get lines() {
      return session?.lines ?? {}
    },
    begin() {
      if (session === null) open(true)
    },
    receive(signal) {
      if (signal.kind === 'offer') receiveOffer(signal.sdp)
      else if (signal.kind === 'answer') receiveAnswer(signal.sdp)
      else if (signal.candidate !== null) session?.negotiation.receiveCandidate(signal.candidate as RTCIceCandidateInit)
    },
    setOpen(open) {
      if (open === isOpen) return
      isOpen = open
      outbox.setOpen(open)
      // What went out before the hub was away may be lost.
      if (open && wasOpen) session?.negotiation.repeatOffer()
      wasOpen ||= open
      scheduleMending()
    },
    send(slot, track) {
      const sender = session?.lines[slot]?.sender
      // It rejects when the connection is closed meanwhile.
      if (sender) void sender.replaceTrack(track).then(applyLimits, () => undefined)
    },
    limit(next) {
      limits = next
      applyLimits()
    },
    restart() {
      if (health.kind !== 'new') session?.pc.restartIce()
    },
    setConfiguration: (configuration) => session?.pc.setConfiguration(configuration),
    stats: async () => session?.pc.getStats() ?? null,
    close() {
      clearTimeout(mendTimer)
      clearTimeout(repeatTimer)
      outbox.close()
      session?.close()
      session = null
    },
  }
}
