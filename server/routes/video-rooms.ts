import type { Router } from 'express'
import { changeRoom, createRoom, endRoom, getRoom, getRoomLobby, listRooms } from '../../shared/api.ts'
import { findOpen } from '../video/parts.ts'
import type { Video } from '../video/index.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface VideoDeps extends RouteDeps {
  video: Video
}

/** Adds opening, showing, changing and ending of video rooms. */
export function videoRoomsRoutes(router: Router, deps: VideoDeps): void {
  const { rooms, registry } = deps.video
  defineRoute(router, createRoom, (request) => rooms.create(request, request.body), deps)
  defineRoute(router, listRooms, (request) => rooms.list(request, request.query), deps)
  defineRoute(router, getRoom, (request) => rooms.show(request, request.params.id), deps)
  defineRoute(router, changeRoom, (request) => rooms.change(request, request.params.id, request.body), deps)
  defineRoute(router, endRoom, (request) => rooms.end(request, request.params.id), deps)

  defineRoute(
    router,
    getRoomLobby,
    async ({ params }) => {
      const { room, participants } = await findOpen(params.id, registry)
      const { id, name, passcodeHash, locked, maxParticipants } = room
      const participantCount = participants.length
      return { id, name, hasPasscode: passcodeHash !== null, locked, maxParticipants, participantCount }
    },
    deps,
  )
}
