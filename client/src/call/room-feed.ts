import type { Message } from '../../../shared/protocol.ts'
import type { LeaveReason, RoomFrame, Signal } from '../../../shared/video.ts'
import { mergeChat, toChatLine } from './chat.ts'
import { type LinkState, openLink } from './link.ts'
import type { Joined, RoomApi } from './room-api.ts'
import { applyFrame, type Roster, rosterOf } from './roster.ts'
import type { ChatLine, EndReason } from './snapshot.ts'

/** What the hub tells one participant of a room. */
export interface RoomFeed {
  readonly roster: Roster
  readonly chat: readonly ChatLine[]
  retry: () => void
  close: () => void
}

export interface RoomFeedOptions {
  hub: string
  joined: Joined
  api: Pick<RoomApi, 'state' | 'hasEnded' | 'chatHistory'>
  onSignal: (from: string, signal: Signal) => void
  /** The host has silenced this participant. */
  onMuted: () => void
  onLive: () => void
  onCut: () => void
  onOver: (reason: EndReason) => void
  /** Who is here changed, as the stream tells it, or as the hub answered when it was asked. */
  onRoster: (source: 'told' | 'asked') => void
  onChat: () => void
}

const ROOM_FRAMES: ReadonlySet<string> = new Set<RoomFrame['type']>([
  'participant_joined',
  'participant_left',
  'participant_updated',
  'room_updated',
  'room_ended',
])

/** Follows a room, and keeps up with it across cuts of the stream. */
export function followRoom({ hub, joined, api, ...on }: RoomFeedOptions): RoomFeed {
  const selfId = joined.participant.id
  let roster = rosterOf(joined.room, joined.participants)
  let chat: readonly ChatLine[] = []
  /** Frames that came while the room was asked for: the answer may be older than they are. */
  let meanwhile: RoomFrame[] | null = null
  let hasHistory = false
  let isClosed = false

  const link = openLink({
    hub,
    token: joined.token,
    from: joined.lastEventId,
    onMessage: receive,
    onState: follow,
    onGap: () => void catchUp(),
  })

  function follow(state: LinkState) {
    if (isClosed) return
    if (state.kind === 'live') {
      on.onLive()
      if (!hasHistory) void readHistory()
    } else if (state.kind === 'cut') on.onCut()
    else if (state.kind === 'over') void explainEnd(state.reason)
  }

  function receive(message: Message) {
    if (isClosed) return
    if (message.type === 'signal') {
      on.onSignal(message.from ?? '', message['signal'] as Signal)
    } else if (ROOM_FRAMES.has(message.type)) {
      const frame = message as unknown as RoomFrame
      meanwhile?.push(frame)
      apply(frame)
    } else addChat([message])
  }

  function apply(frame: RoomFrame) {
    if (frame.type === 'room_ended') return on.onOver('ended')
    if (frame.type === 'participant_left' && frame.participant.id === selfId) return on.onOver(endOf(frame.reason))
    if (frame.type === 'participant_updated' && frame.participant.id === selfId && frame.muted === true) on.onMuted()
    setRoster(applyFrame(roster, frame), 'told')
  }

  function setRoster(next: Roster, source: 'told' | 'asked') {
    if (next === roster) return
    roster = next
    on.onRoster(source)
  }

  function addChat(messages: readonly Message[]) {
    const lines = messages.map((message) => toChatLine(message, roster.people, selfId)).filter((line) => line !== null)
    const merged = mergeChat(chat, lines)
    if (merged === chat) return
    chat = merged
    on.onChat()
  }

  async function readHistory() {
    const messages = await api.chatHistory().catch(() => null)
    if (messages === null || isClosed) return
    hasHistory = true
    addChat(messages)
  }

  /** Asks for the room as it is, after a gap. */
  async function catchUp() {
    if (meanwhile !== null) return
    meanwhile = []
    const [state] = await Promise.all([api.state().catch(() => null), readHistory()])
    const since = meanwhile
    meanwhile = null
    if (state === null || isClosed) return
    setRoster(since.reduce(applyFrame, rosterOf(state.room, state.participants)), 'asked')
  }

  async function explainEnd(reason: string) {
    const hasEnded = await api.hasEnded()
    if (isClosed) return
    on.onOver(hasEnded ? 'ended' : reason === 'kicked' ? 'removed' : 'lost')
  }

  return {
    get roster() {
      return roster
    },
    get chat() {
      return chat
    },
    retry: link.retry,
    close() {
      isClosed = true
      link.close()
    },
  }
}

function endOf(reason: LeaveReason): EndReason {
  return reason === 'away' ? 'lost' : reason
}
