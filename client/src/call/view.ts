import type { MeshBudget } from './budget.ts'
import type { LocalMedia } from './local-media.ts'
import type { Listening } from './listening.ts'
import type { Peer } from './peer.ts'
import type { Lines } from './slots.ts'
import type { Roster } from './roster.ts'
import type { CallSnapshot, CallStatus, ChatLine, Participant, Person, Self } from './snapshot.ts'
import { isSpeaking } from './speaker.ts'

interface Received {
  voice: MediaStream
  camera: MediaStream
  screen: MediaStream
}

/** A stream for each thing that one connection brings: the same objects as long as its lines are the same. */
const received = new WeakMap<Lines, Received>()

function streamsOf(lines: Lines): Received {
  const known = received.get(lines)
  if (known !== undefined) return known
  const tracks = (...names: (keyof Lines)[]) =>
    new MediaStream(names.flatMap((name) => lines[name]?.receiver.track ?? []))
  const streams = { voice: tracks('voice'), camera: tracks('camera'), screen: tracks('screen', 'screenSound') }
  // Without lines there is nothing to keep, and the next object without lines is another one.
  if (Object.keys(lines).length > 0) received.set(lines, streams)
  return streams
}

/** Puts together what is known of somebody else; gives `before` again when nothing changed. */
function viewParticipant(
  before: Participant | undefined,
  person: Person,
  peer: Peer | undefined,
  { speech, qualities, stalledIds }: Listening,
): Participant {
  const lines = peer?.lines ?? {}
  const hasLines = Object.keys(lines).length > 0
  const streams = hasLines ? streamsOf(lines) : null
  return reuse(before, {
    ...person,
    streams: reuse(before?.streams, {
      voice: streams?.voice ?? null,
      camera: person.camera ? (streams?.camera ?? null) : null,
      screen: person.screen ? (streams?.screen ?? null) : null,
    }),
    cameraPaused: person.camera && stalledIds.has(person.id),
    speaking: isSpeaking(speech, person.id),
    connection: peer?.connection ?? 'connecting',
    quality: qualities.get(person.id) ?? null,
  })
}

/** Shows a track that this page sends: a stream of its own, the same one for the same track. */
function createSelfView(): (track: MediaStreamTrack | null) => MediaStream | null {
  let shown: { track: MediaStreamTrack; stream: MediaStream } | null = null
  return (track) => {
    if (track === null) shown = null
    else if (shown?.track !== track) shown = { track, stream: new MediaStream([track]) }
    return shown?.stream ?? null
  }
}

/** What a snapshot is made of. */
export interface Parts {
  status: CallStatus
  roster: Roster
  chat: readonly ChatLine[]
  peers: ReadonlyMap<string, Peer>
  media: LocalMedia
  listening: Listening
  mutedByHost: boolean
  budget: MeshBudget
}

/** Creates what makes snapshots; parts that did not change are the same objects as in the one before. */
export function createViewer(selfId: string): (parts: Parts) => CallSnapshot {
  const cameraView = createSelfView()
  const screenView = createSelfView()
  let before: CallSnapshot | null = null

  function viewSelf({ roster, media, listening, mutedByHost }: Parts): Self {
    const { tracks, faults, isOn } = media
    const streams = { camera: cameraView(tracks.camera), screen: screenView(tracks.screen) }
    const devices = { microphone: deviceOf(tracks.voice), camera: deviceOf(tracks.camera) }
    return reuse(before?.self, {
      // Oneself is always there: whoever is put out is told so, and the call is over.
      ...(roster.people.get(selfId) ?? before!.self),
      // Of devices their own word is taken, not the hub's.
      ...isOn,
      streams: reuse(before?.self.streams, streams),
      speaking: isSpeaking(listening.speech, selfId),
      faults: reuse(before?.self.faults, { ...faults }),
      devices: reuse(before?.self.devices, devices),
      mutedByHost,
    })
  }

  function viewOthers({ roster, peers, listening }: Parts): readonly Participant[] {
    const known = new Map(before?.participants.map((participant) => [participant.id, participant]))
    const others = [...roster.people.values()].filter(({ id }) => id !== selfId)
    const now = others.map((person) => viewParticipant(known.get(person.id), person, peers.get(person.id), listening))
    const isSame =
      now.length === before?.participants.length && now.every((one, at) => one === before?.participants[at])
    return isSame ? before!.participants : now
  }

  return (parts) => {
    before = {
      status: parts.status,
      self: viewSelf(parts),
      participants: viewOthers(parts),
      room: parts.roster.room,
      chat: parts.chat,
      activeSpeakerId: parts.listening.speech.activeId,
      budget: reuse(before?.budget, parts.budget),
    }
    return before
  }
}

function deviceOf(track: MediaStreamTrack | null): string | null {
  return track?.getSettings().deviceId ?? null
}

/** The old object when it holds the same, so that whoever compares sees no change. */
function reuse<T extends object>(before: T | undefined, now: T): T {
  if (before === undefined) return now
  const keys = Object.keys(now) as (keyof T)[]
  return keys.every((key) => Object.is(before[key], now[key])) ? before : now
}
