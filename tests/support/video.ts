import { expect } from 'vitest'
import type { z } from 'zod'
import type { createRoom, joinRoom, RoomDetail } from '../../shared/video.ts'
import { api } from './api.ts'
import type { TestServer } from './server.ts'
import { type EventStream, openEvents, type StreamOptions } from './sse.ts'

type Server = Pick<TestServer, 'url' | 'apiKey'>

/** A room that was opened for a test, and its host's token. */
export interface OpenedRoom {
  room: RoomDetail
  hostToken: string
}

/** Opens a room as the bearer of `token`; by default of the server's own key. */
export async function openRoom(
  server: Server,
  creation: Partial<z.input<typeof createRoom.body>> = {},
  token?: string,
): Promise<OpenedRoom> {
  const { status, body } = await api(server, token).post<OpenedRoom>('/api/video/rooms', { name: 'Daily', ...creation })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

/** Somebody who was let into a room. */
export type Joined = z.output<typeof joinRoom.response> & { id: string; api: ReturnType<typeof api> }

/** Joins a room, as nobody in particular unless a token is given. */
export async function join(
  server: Server,
  roomId: string,
  application: Partial<z.input<typeof joinRoom.body>> = {},
  token: string | null = null,
): Promise<Joined> {
  const path = `/api/video/rooms/${roomId}/join`
  const { status, body } = await api(server, token).post<Joined>(path, { displayName: 'Guest', ...application })
  expect(status, JSON.stringify(body)).toBe(200)
  return { ...body, id: body.participant.id, api: api(server, body.token) }
}

/** Opens a participant's stream, from when they joined on; resolves once it is greeted. */
export async function listen(server: Server, { token, lastEventId }: Joined, options: StreamOptions = {}) {
  const stream = await openEvents(server.url, { query: { token, lastEventId }, ...options })
  expect(stream.status, stream.text).toBe(200)
  await stream.waitFor(({ body }) => body.type === 'connected')
  return stream
}

/** The types of what a stream brought of its room, in order. */
export function typesOf({ frames }: Pick<EventStream, 'frames'>): string[] {
  return frames.flatMap(({ body }) => (typeof body.roomId === 'string' ? [String(body.type)] : []))
}
