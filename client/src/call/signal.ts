interface Description<K> {
  kind: K
  sdp: string
}

/** What two participants tell each other so that picture and sound find their way (contract §9). */
export type Signal =
  | Description<'offer'>
  | Description<'answer'>
  | { kind: 'candidate'; candidate: RTCIceCandidateInit | null }
