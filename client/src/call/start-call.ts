import { meshBudget } from './budget.ts'
import type { Call } from './call.ts'
import { type CallState, createCallState } from './call-state.ts'
import { createFlagReporter } from './flags.ts'
import { keepIceFresh } from './ice.ts'
import { limitsUnder, sizeCamera } from './limits.ts'
import { createListening } from './listening.ts'
import { createLocalMedia } from './local-media.ts'
import { createMesh } from './mesh.ts'
import { listenToPage } from './page-events.ts'
import { createRoomApi, type Ice, type Joined } from './room-api.ts'
import { followRoom } from './room-feed.ts'
import type { CallSnapshot, CallStatus, EndReason } from './snapshot.ts'
import { chooseSeen } from './speaker.ts'
import { createViewer } from './view.ts'

export interface CallOptions {
  hub: string
  joined: Joined
  microphone: MediaStreamTrack | null
  camera: MediaStreamTrack | null
  route: RTCIceTransportPolicy
}

/** How long the stream takes, at most, to bring what was missed between joining and its beginning. */
const SETTLING_MS = 1000

/** Starts the call of somebody who has a place in a room; see `Call`. */
export function startCall({ hub, joined, microphone, camera, route }: CallOptions): Call {
  const selfId = joined.participant.id
  const api = createRoomApi(hub, joined.room.id, selfId, joined.token)
  const ending = new AbortController()
  let configuration = configurationOf(joined, route)
  let status: CallStatus = { kind: 'joining' }
  /** The first time. */
  let liveSinceMs = Infinity
  let mutedByHost = false
  let state: CallState | null = null
  /** What cameras and connections were held to last. */
  let spending = ''

  const mesh = createMesh({
    selfId,
    tracks: () => media.tracks,
    connect: () => new RTCPeerConnection(configuration),
    post: api.signal,
    onChange: refresh,
  })
  const media = createLocalMedia({
    microphone,
    camera,
    onTrack: mesh.send,
    onChange() {
      flags.report(media.isOn)
      refresh()
    },
  })
  const flags = createFlagReporter(joined.participant, api.update)
  const listening = createListening({
    selfId,
    peers: mesh.peers,
    hasCamera: (id) => feed.roster.people.get(id)?.camera === true,
    ownLevel: media.level,
    onChange: refresh,
  })
  const feed = followRoom({
    hub,
    joined,
    api,
    onSignal: mesh.receive,
    onMuted,
    onLive,
    onCut,
    onOver: end,
    onChat: refresh,
    onRoster(source) {
      // Whoever comes calls those who are there already; one who came before the stream did may have called in vain.
      const isHeard = source === 'told' && Date.now() - liveSinceMs > SETTLING_MS
      mesh.meet(otherIds(), isHeard ? 'call' : 'are called')
      refresh()
    },
  })
  const viewer = createViewer(selfId)

  function onLive() {
    status = { kind: 'live' }
    liveSinceMs = Math.min(liveSinceMs, Date.now())
    mesh.setOpen(true)
    flags.retry()
    refresh()
  }

  function onCut() {
    if (status.kind === 'live') status = { kind: 'reconnecting', sinceMs: Date.now() }
    mesh.setOpen(false)
    refresh()
  }

  function onMuted() {
    mutedByHost = true
    flags.adopt({ microphone: false })
    void media.turn('microphone', false)
  }

  function otherIds(): string[] {
    return [...feed.roster.people.keys()].filter((id) => id !== selfId)
  }

  function refresh() {
    if (state === null) return
    state.set(snapshot())
    spend()
  }

  function snapshot(): CallSnapshot {
    const budget = meshBudget(feed.roster.people.size)
    return viewer({
      status,
      roster: feed.roster,
      chat: feed.chat,
      peers: mesh.peers,
      media,
      listening,
      mutedByHost,
      budget,
    })
  }

  /** Holds camera and connections to the budget when that, or what is sent, has changed. */
  function spend() {
    const budget = meshBudget(feed.roster.people.size)
    const seen = chooseSeen(listening.speech.recentIds, [...feed.roster.people.keys()], budget.senders)
    const own = { isSeen: seen.has(selfId), isSharing: media.isOn.screen }
    const { camera } = media.tracks
    const next = JSON.stringify([budget, own, camera?.id])
    if (next === spending || ending.signal.aborted) return
    spending = next
    const limit = () => mesh.limit(limitsUnder(budget, own))
    limit()
    // How far a picture is scaled down depends on the size that it is taken in.
    if (camera !== null) void sizeCamera(camera, budget).then(() => next === spending && limit())
  }

  function useIce(ice: Ice) {
    configuration = configurationOf(ice, route)
    mesh.setConfiguration(configuration)
  }

  function end(reason: EndReason) {
    if (ending.signal.aborted) return
    status = { kind: 'ended', reason }
    ending.abort()
    feed.close()
    listening.close()
    mesh.close()
    media.close()
    refresh()
  }

  function leave() {
    if (!ending.signal.aborted) api.leave()
    end('left')
  }

  state = createCallState(snapshot())
  const { subscribe } = state
  mesh.meet(otherIds(), 'are called')
  keepIceFresh(joined, api.iceServers, useIce, ending.signal)
  const onNetworkChange = () => {
    feed.retry()
    mesh.restart()
  }
  listenToPage({ onGone: leave, onNetworkChange }, ending.signal)
  refresh()

  return {
    getSnapshot: () => state.current,
    subscribe,
    level: listening.level,
    setMicrophone(on) {
      if (on) mutedByHost = false
      return media.turn('microphone', on)
    },
    setCamera: (on) => media.turn('camera', on),
    useDevice: media.choose,
    shareScreen: media.share,
    stopSharing: async () => media.stopSharing(),
    setHand: (hand) => done(api.update({ hand })),
    setName: (displayName) => done(api.update({ displayName })),
    sendChat: (text) => done(api.chat(text, state.current.self.displayName)),
    host: {
      mute: (id) => done(api.mute(id)),
      remove: (id) => done(api.remove(id)),
      setLocked: (locked) => done(api.setLocked(locked)),
      end: () => done(api.end()),
    },
    retry: feed.retry,
    leave: async () => leave(),
  }
}

async function done(asked: Promise<unknown>): Promise<void> {
  await asked
}

function configurationOf({ iceServers }: Ice, iceTransportPolicy: RTCIceTransportPolicy): RTCConfiguration {
  // JSON holds no undefined.
  return { iceServers: iceServers as RTCIceServer[], iceTransportPolicy, bundlePolicy: 'max-bundle' }
}
