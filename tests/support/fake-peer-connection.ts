interface FakeTransceiver {
  direction: RTCRtpTransceiverDirection
  sender: { track: unknown; replaceTrack(track: unknown): Promise<void>; getParameters(): { encodings: object[] } }
  receiver: { track: { kind: string } }
}

/** Plays the signalling side of an `RTCPeerConnection`: states, descriptions and media lines; no network and no media. */
export class FakePeerConnection extends EventTarget {
  static #made = 0
  signalingState: RTCSignalingState = 'stable'
  connectionState: RTCPeerConnectionState = 'new'
  iceGatheringState: RTCIceGatheringState = 'complete'
  remoteDescription: RTCSessionDescription | null = null
  onnegotiationneeded: (() => void) | null = null
  onconnectionstatechange: (() => void) | null = null
  onicecandidate: ((event: { candidate: RTCIceCandidate | null }) => void) | null = null
  /** Of the other side, by whatever way they came. */
  readonly candidates: (string | undefined)[] = []
  readonly #found: string[] = []
  restarts = 0
  #pending: RTCSessionDescription | null = null
  #current: RTCSessionDescription | null = null
  readonly #session = ++FakePeerConnection.#made
  #version = 0
  #isNeeded = false
  readonly #transceivers: FakeTransceiver[] = []

  get localDescription() {
    return this.#withFound(this.#pending) ?? this.currentLocalDescription
  }

  get currentLocalDescription() {
    return this.#withFound(this.#current)
  }

  addTransceiver(trackOrKind: { kind: string } | string): FakeTransceiver {
    const kind = typeof trackOrKind === 'string' ? trackOrKind : trackOrKind.kind
    const transceiver = makeTransceiver(kind, typeof trackOrKind === 'string' ? null : trackOrKind)
    this.#transceivers.push(transceiver)
    this.#need()
    return transceiver
  }

  getTransceivers() {
    return [...this.#transceivers]
  }

  restartIce() {
    this.restarts++
    this.#need()
  }

  async setLocalDescription() {
    await turns(2)
    if (this.#is('closed')) throw new Error('closed')
    const kinds = this.#transceivers.map(({ receiver }) => `m=${receiver.track.kind}\r\n`).join('')
    const sdp = `v=0\r\no=- ${this.#session} ${++this.#version} IN IP4 127.0.0.1\r\n${kinds}`
    if (this.signalingState === 'stable') {
      this.#pending = { type: 'offer', sdp } as RTCSessionDescription
      this.signalingState = 'have-local-offer'
      this.#isNeeded = false
    } else {
      this.#current = { type: 'answer', sdp } as RTCSessionDescription
      this.#settle()
    }
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit) {
    await turns(1)
    if (description.type === 'offer') {
      // An offer of ours that is taken back is needed still.
      if (this.#pending !== null) this.#isNeeded = true
      this.#pending = null
      this.signalingState = 'have-remote-offer'
      this.#addLines(description.sdp ?? '')
    } else {
      if (this.signalingState !== 'have-local-offer') throw new Error(`an answer in ${this.signalingState}`)
      this.#current = this.#pending
      this.#pending = null
      this.#settle()
    }
    this.remoteDescription = description as RTCSessionDescription
    for (const [, candidate] of (description.sdp ?? '').matchAll(/^a=(candidate:\S+)/gm))
      this.candidates.push(candidate)
  }

  async addIceCandidate(candidate: RTCIceCandidateInit) {
    if (this.remoteDescription === null) throw new Error('no remote description')
    this.candidates.push(candidate.candidate)
  }

  /** Finds a candidate of its own. */
  find(candidate: string) {
    this.#found.push(candidate)
    this.onicecandidate?.({ candidate: { candidate, toJSON: () => ({ candidate }) } as unknown as RTCIceCandidate })
  }

  /** What the network does. */
  become(state: RTCPeerConnectionState) {
    this.connectionState = state
    this.onconnectionstatechange?.()
  }

  close() {
    this.signalingState = 'closed'
    this.connectionState = 'closed'
  }

  #withFound(description: RTCSessionDescription | null) {
    if (description === null) return null
    const lines = this.#found.map((candidate) => `a=${candidate}\r\n`).join('')
    return { type: description.type, sdp: description.sdp + lines } as RTCSessionDescription
  }

  #is(state: RTCSignalingState): boolean {
    return this.signalingState === state
  }

  #addLines(sdp: string) {
    const kinds = [...sdp.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind!)
    for (const kind of kinds.slice(this.#transceivers.length)) this.#transceivers.push(makeTransceiver(kind, null))
  }

  #settle() {
    this.signalingState = 'stable'
    if (this.#isNeeded) this.#need()
  }

  #need() {
    this.#isNeeded = true
    queueMicrotask(() => {
      if (this.#isNeeded && this.#is('stable')) this.onnegotiationneeded?.()
    })
  }
}

function makeTransceiver(kind: string, track: unknown): FakeTransceiver {
  const sender = {
    track,
    getParameters: () => ({ encodings: [] }),
    replaceTrack: async (next: unknown) => {
      sender.track = next
    },
  }
  return { direction: 'sendrecv', sender, receiver: { track: { kind } } }
}

/** Lets some promises go by. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await Promise.resolve()
}
