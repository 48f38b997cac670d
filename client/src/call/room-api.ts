import type { z } from 'zod'
import type { JsonObject, Message } from '../../../shared/protocol.ts'
import type { changeParticipant, joinRoom, listParticipants, renewIceServers, Signal } from '../../../shared/video.ts'
import { RequestError, toRequestError } from '../lib/problem.ts'
import type { Posted } from './outbox.ts'

/** What a participant says of themselves. */
export type Flags = z.input<typeof changeParticipant.body>
/** A room as the hub shows it to its participants. */
export type RoomState = z.output<typeof listParticipants.response>
/** ICE servers, and when their credentials end. */
export type Ice = z.output<typeof renewIceServers.response>
/** What somebody gets who was let in. */
export type Joined = z.output<typeof joinRoom.response>

/** What one participant asks of the hub over HTTP; everything rejects with RequestError unless it says otherwise. */
export interface RoomApi {
  state: () => Promise<RoomState>
  /** Whether the room has ended, which a token of a stay that is over can not tell. */
  hasEnded: () => Promise<boolean>
  iceServers: () => Promise<Ice>
  update: (flags: Flags) => Promise<unknown>
  /** Never rejects. */
  signal: (to: string, signal: Signal) => Promise<Posted>
  /** `name` is for those who read it when the sender has left. */
  chat: (text: string, name: string) => Promise<unknown>
  /** The newest lines of the room's chat, newest first. */
  chatHistory: () => Promise<Message[]>
  mute: (participantId: string) => Promise<unknown>
  remove: (participantId: string) => Promise<unknown>
  setLocked: (locked: boolean) => Promise<unknown>
  end: () => Promise<unknown>
  /** Says goodbye in a way that outlives the page. */
  leave: () => void
}

const PAGE_LIMIT = 500
const MAX_PAGES = 4
const ENOUGH_LINES = 100

interface JoinRequest {
  hub: string
  roomId: string
  /** The host's token; null for everybody else. */
  hostToken: string | null
  body: z.input<typeof joinRoom.body>
}

/** Asks for a place in the room: as any other guest, where the host's token is not good any more. */
export async function requestJoin({ hub, roomId, hostToken, body }: JoinRequest): Promise<Joined> {
  const ask = (token: string | null) => request<Joined>(below(hub, `${pathOf(roomId)}/join`), 'POST', token, body)
  try {
    return await ask(hostToken)
  } catch (error) {
    // It was for a room of this id that has ended since.
    if (hostToken === null || statusOf(error) !== 401) throw error
    return ask(null)
  }
}

/** Speaks for one participant, by their token. */
export function createRoomApi(hub: string, roomId: string, participantId: string, token: string): RoomApi {
  const ask = <T>(path: string, method = 'GET', body?: JsonObject) => request<T>(below(hub, path), method, token, body)
  const room = pathOf(roomId)
  const seat = (id: string) => `${room}/participants/${encodeURIComponent(id)}`
  const channel = `room/${roomId}`

  return {
    state: () => ask(`${room}/participants`),
    hasEnded: () => request(below(hub, `${room}/lobby`), 'GET', null).then(() => false, isOver),
    iceServers: () => ask(`${room}/ice-servers`),
    update: (flags) => ask(seat(participantId), 'PATCH', flags),
    signal: (to, signal) =>
      ask('/api/webrtc/signal', 'POST', { roomId, to, signal }).then(
        () => 'sent' as const,
        (error: unknown) => (mayHelpAgain(error) ? 'again' : 'refused'),
      ),
    chat: (text, name) => ask('/api/broadcast', 'POST', { channel, type: 'chat', text, name }),
    async chatHistory() {
      const path = `/api/channels/${encodeURIComponent(channel)}/messages?limit=${PAGE_LIMIT}`
      const lines: Message[] = []
      let next = ''
      // Comings and goings are in there too, and outnumber what was said.
      for (let page = 0; page < MAX_PAGES && lines.length < ENOUGH_LINES; page++) {
        const { items, nextCursor } = await ask<{ items: Message[]; nextCursor: string | null }>(path + next)
        lines.push(...items.filter(({ type }) => type === 'chat'))
        if (nextCursor === null) break
        next = `&cursor=${encodeURIComponent(nextCursor)}`
      }
      return lines
    },
    mute: (id) => ask(`${seat(id)}/mute`, 'POST', {}),
    remove: (id) => ask(`${seat(id)}/remove`, 'POST', {}),
    setLocked: (locked) => ask(room, 'PATCH', { locked }),
    end: () => ask(room, 'DELETE'),
    leave() {
      // A beacon can carry no header, and a text no preflight: the token travels in the body.
      navigator.sendBeacon(below(hub, `${room}/leave`), JSON.stringify({ token }))
    },
  }
}

/** The hub may lie below a path of its site. */
function below(hub: string, path: string): URL {
  return new URL(hub.replace(/\/+$/, '') + path)
}

function pathOf(roomId: string): string {
  return `/api/video/rooms/${encodeURIComponent(roomId)}`
}

function mayHelpAgain(error: unknown): boolean {
  const status = statusOf(error)
  return status === undefined || status === 408 || status === 429 || status >= 500
}

function isOver(error: unknown): boolean {
  return statusOf(error) === 410
}

function statusOf(error: unknown): number | undefined {
  return error instanceof RequestError ? error.problem?.status : undefined
}

async function request<T>(url: URL, method: string, token: string | null, body?: JsonObject): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => Promise.reject(new RequestError(null)))
  if (!response.ok) throw await toRequestError(response)
  if (response.status === 204) return undefined as T
  return (await response.json().catch(() => Promise.reject(new RequestError(null)))) as T
}
