import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakePeerConnection } from '../../../tests/support/fake-peer-connection.ts'
import type { Signal } from '../../../shared/video.ts'
import { createPeer, type Peer } from './peer.ts'
import type { Tracks } from './slots.ts'

/** One end, whose signals reach the other unless they are lost. */
interface End {
  peer: Peer
  /** Every connection it has made, in order. */
  made: FakePeerConnection[]
  sent: Signal[]
  tracks: Tracks
}

/** Kinds of signals that the hub takes and does not bring. */
let lost: Signal['kind'][] = []

interface PairOptions {
  gathering?: RTCIceGatheringState
  /** Whether the hub is there from the start. */
  isOpen?: boolean
}

function makePair({ gathering = 'complete', isOpen = true }: PairOptions = {}): [End, End] {
  const ends: End[] = [true, false].map((polite, at) => {
    const made: FakePeerConnection[] = []
    const sent: Signal[] = []
    const tracks: Tracks = { voice: null, camera: null, screen: null, screenSound: null }
    const peer = createPeer({
      polite,
      tracks: () => tracks,
      connect() {
        const pc = new FakePeerConnection()
        pc.iceGatheringState = gathering
        made.push(pc)
        return pc as unknown as RTCPeerConnection
      },
      post: async (signal) => {
        sent.push(signal)
        if (!lost.includes(signal.kind)) ends[1 - at]!.peer.receive(signal)
        return 'sent'
      },
      onChange: () => undefined,
    })
    return { peer, made, sent, tracks }
  })
  for (const { peer } of ends) peer.setOpen(isOpen)
  return ends as [End, End]
}

const current = ({ made }: End) => made.at(-1)!
const settle = () => vi.advanceTimersByTimeAsync(50)
const slots = ({ peer }: End) => Object.keys(peer.lines)

async function connect(pair: [End, End]) {
  pair[0].peer.begin()
  await settle()
  for (const end of pair) current(end).become('connected')
}

beforeEach(() => {
  lost = []
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

it('agrees on the same four lines when one calls the other', async () => {
  const pair = makePair()
  await connect(pair)
  for (const end of pair) {
    expect(slots(end)).toEqual(['voice', 'camera', 'screen', 'screenSound'])
    expect(end.peer.connection).toBe('connected')
    expect(end.made).toHaveLength(1)
  }
})

it('agrees on one connection with four lines when both call at once', async () => {
  const pair = makePair()
  for (const { peer } of pair) peer.begin()
  await settle()
  expect(pair.map((end) => current(end).signalingState)).toEqual(['stable', 'stable'])
  expect(pair.map((end) => end.made.length)).toEqual([2, 1])
  expect(pair.map((end) => current(end).getTransceivers().length)).toEqual([4, 4])
})

it('sends what is there when the other calls, and what comes later', async () => {
  const pair = makePair()
  const [camera, screen] = [{ kind: 'video' }, { kind: 'video' }] as [MediaStreamTrack, MediaStreamTrack]
  pair[1].tracks.camera = camera
  await connect(pair)
  const sent = pair[1].sent.length
  pair[1].peer.send('screen', screen)
  await settle()
  expect(pair[1].peer.lines.camera!.sender.track).toBe(camera)
  expect(pair[1].peer.lines.screen!.sender.track).toBe(screen)
  expect(pair[1].sent).toHaveLength(sent)
})

it('repeats an offer that was lost, until it is answered', async () => {
  const pair = makePair()
  lost = ['offer']
  pair[0].peer.begin()
  await settle()
  lost = []
  await vi.advanceTimersByTimeAsync(4000)
  expect(pair.map((end) => current(end).signalingState)).toEqual(['stable', 'stable'])
  expect(pair[0].sent.filter(({ kind }) => kind === 'offer')).toHaveLength(2)
})

it('repeats it as well when the answer was lost', async () => {
  const pair = makePair()
  lost = ['answer']
  pair[0].peer.begin()
  await settle()
  expect(current(pair[0]).signalingState).toBe('have-local-offer')
  lost = []
  await vi.advanceTimersByTimeAsync(4100)
  expect(pair.map((end) => current(end).signalingState)).toEqual(['stable', 'stable'])
  expect(pair.map((end) => end.made.length)).toEqual([1, 1])
})

it('loses no candidate when an offer comes twice and one of its two answers is passed over', async () => {
  const pair = makePair({ gathering: 'gathering' })
  pair[0].peer.begin()
  await vi.advanceTimersByTimeAsync(30)
  // Each waits a moment for candidates, one after the other.
  pair[1].peer.receive(pair[0].sent[0]!)
  await vi.advanceTimersByTimeAsync(30)
  expect(pair[1].sent.map(({ kind }) => kind)).toEqual(['answer'])
  current(pair[1]).find('candidate:b1')
  await settle()
  current(pair[1]).find('candidate:b2')
  await settle()
  expect(current(pair[0]).signalingState).toBe('stable')
  expect(new Set(current(pair[0]).candidates)).toEqual(new Set(['candidate:b1', 'candidate:b2']))
})

it('brings every candidate when the first offer was lost with its candidates', async () => {
  const pair = makePair()
  lost = ['offer', 'candidate']
  pair[0].peer.begin()
  await settle()
  current(pair[0]).find('candidate:a1')
  await settle()
  lost = []
  await vi.advanceTimersByTimeAsync(4000)
  current(pair[0]).find('candidate:a2')
  await settle()
  expect(new Set(current(pair[1]).candidates)).toEqual(new Set(['candidate:a1', 'candidate:a2']))
})

it('sends one offer when the hub is there only after it was made', async () => {
  const pair = makePair({ isOpen: false })
  pair[0].peer.begin()
  await settle()
  pair[0].peer.setOpen(true)
  await settle()
  expect(pair[0].sent.map(({ kind }) => kind)).toEqual(['offer'])
})

it('restarts a connection that has failed, and starts another one when that does not help', async () => {
  const pair = makePair()
  await connect(pair)
  current(pair[1]).become('failed')
  await settle()
  expect(pair[1].made[0]!.restarts).toBe(1)
  expect(pair[1].peer.connection).toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(pair[1].made.length).toBeGreaterThan(1)
  expect(pair[1].peer.connection).toBe('failed')
  // The other side has followed, rather than mix two connections.
  expect(pair[0].made).toHaveLength(pair[1].made.length)
  expect(pair.map((end) => current(end).signalingState)).toEqual(['stable', 'stable'])
  for (const end of pair) current(end).become('connected')
  expect(pair.map(({ peer }) => peer.connection)).toEqual(['connected', 'connected'])
})

it('says nothing while the hub is away, and mends the connection once it is back', async () => {
  const pair = makePair()
  await connect(pair)
  pair[1].peer.setOpen(false)
  const sent = pair[1].sent.length
  current(pair[1]).become('disconnected')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(pair[1].sent).toHaveLength(sent)
  expect(pair[1].made[0]!.restarts).toBe(0)
  pair[1].peer.setOpen(true)
  await settle()
  expect(pair[1].made[0]!.restarts).toBe(1)
  expect(pair[1].sent.slice(sent)).toMatchObject([{ kind: 'offer' }])
})

it('does nothing more when it is closed', async () => {
  const pair = makePair()
  await connect(pair)
  current(pair[0]).become('failed')
  pair[0].peer.close()
  const sent = pair[0].sent.length
  await vi.advanceTimersByTimeAsync(60_000)
  expect(pair[0].sent).toHaveLength(sent)
  expect(pair[0].made).toHaveLength(1)
  expect(current(pair[0]).signalingState).toBe('closed')
})
