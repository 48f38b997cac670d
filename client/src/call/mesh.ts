import { createPeer, type Peer } from './peer.ts'
import type { Posted } from './outbox.ts'
import type { SendLimits } from './send-limits.ts'
import type { Signal } from '../../../shared/video.ts'
import type { Slot, Tracks } from './slots.ts'

export interface MeshOptions {
  selfId: string
  tracks: () => Tracks
  connect: () => RTCPeerConnection
  post: (to: string, signal: Signal) => Promise<Posted>
  onChange: () => void
}

/** The connections to everybody else in the room. */
export interface Mesh {
  readonly peers: ReadonlyMap<string, Peer>
  /** Connects to those who are new among `others`, and lets go of those who are not there any more. */
  meet: (others: Iterable<string>, newcomers: 'call' | 'are called') => void
  receive: (from: string, signal: Signal) => void
  setOpen: (open: boolean) => void
  send: (slot: Slot, track: MediaStreamTrack | null) => void
  limit: (limits: SendLimits) => void
  restart: () => void
  setConfiguration: (configuration: RTCConfiguration) => void
  close: () => void
}

/** After this long somebody who came later, and should have called, is called. */
const PATIENCE_MS = 5000

export function createMesh({ selfId, tracks, connect, post, onChange }: MeshOptions): Mesh {
  const peers = new Map<string, Peer>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  let isOpen = false
  let limits: SendLimits = {}

  function add(id: string): Peer {
    const peer = createPeer({
      polite: selfId < id,
      connect,
      tracks,
      post: (signal) => post(id, signal),
      onChange,
    })
    peers.set(id, peer)
    peer.limit(limits)
    peer.setOpen(isOpen)
    return peer
  }

  function beginLater(peer: Peer, id: string) {
    const timer = setTimeout(() => {
      timers.delete(timer)
      if (peers.get(id) === peer) peer.begin()
    }, PATIENCE_MS)
    timers.add(timer)
  }

  function drop(id: string, peer: Peer) {
    peer.close()
    peers.delete(id)
  }

  return {
    peers,
    meet(others, newcomers) {
      const here = new Set(others)
      for (const [id, peer] of peers) if (!here.has(id)) drop(id, peer)
      for (const id of here) {
        if (peers.has(id)) continue
        const peer = add(id)
        if (newcomers === 'are called') peer.begin()
        else beginLater(peer, id)
      }
    },
    receive: (from, signal) => peers.get(from)?.receive(signal),
    setOpen(open) {
      isOpen = open
      for (const peer of peers.values()) peer.setOpen(open)
    },
    send(slot, track) {
      for (const peer of peers.values()) peer.send(slot, track)
    },
    limit(next) {
      limits = next
      for (const peer of peers.values()) peer.limit(next)
    },
    restart() {
      for (const peer of peers.values()) peer.restart()
    },
    setConfiguration(configuration) {
      for (const peer of peers.values()) peer.setConfiguration(configuration)
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      for (const [id, peer] of peers) drop(id, peer)
    },
  }
}
