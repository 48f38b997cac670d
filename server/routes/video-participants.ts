import type { Router } from 'express'
import {
  changeParticipant,
  joinRoom,
  leaveRoom,
  listIceServers,
  listParticipants,
  muteParticipant,
  removeParticipant,
  renewIceServers,
  sendSignal,
} from '../../shared/api.ts'
import { MAX_SIGNAL_BYTES } from '../../shared/video.ts'
import { describeParticipant, describeRoom } from '../video/describe.ts'
import { findOpen } from '../video/parts.ts'
import { seatOf } from '../video/participants.ts'
import { assertMay, defineRoute } from './http.ts'
import { readBeacon } from './beacon-body.ts'
import type { VideoDeps } from './video-rooms.ts'

/** Room for a signal's envelope, and for the backslashes of a text within JSON. */
const MAX_LETTER_BYTES = 2 * MAX_SIGNAL_BYTES + 1024

/** Stands for a participant's id in the credentials of an admin who tries the servers. */
const CHECK = 'check'

/** Adds coming and going in video rooms, and what participants tell each other. */
export function videoParticipantsRoutes(router: Router, deps: VideoDeps): void {
  const { participants, registry, iceServersFor, sendSignal: send } = deps.video

  defineRoute(router, joinRoom, (request) => participants.join(request, request.params.id, request.body), deps)

  defineRoute(
    router,
    leaveRoom,
    async ({ caller, ip, params, body: { token } }) => {
      // A page that closes can send no header; what it knows is the token itself.
      const known = token === undefined ? null : await deps.authenticator.authenticate({ queryToken: token })
      await participants.leave({ caller: known?.caller ?? caller, ip }, params.id)
    },
    deps,
    { readBody: readBeacon },
  )

  defineRoute(
    router,
    listParticipants,
    async ({ caller, params }) => {
      const { room, participants: present } = await findOpen(params.id, registry)
      assertMay(caller, { kind: 'meet_in_room', room }, deps.settings)
      return { room: describeRoom(room), participants: present.map((row) => describeParticipant(row, room)) }
    },
    deps,
  )

  defineRoute(
    router,
    renewIceServers,
    async ({ caller, params }) => {
      await findOpen(params.id, registry)
      return iceServersFor(seatOf(caller, params.id))
    },
    deps,
  )

  defineRoute(router, listIceServers, () => iceServersFor(CHECK), deps)

  defineRoute(
    router,
    changeParticipant,
    (request) => participants.change(request, request.params.id, request.params.pid, request.body),
    deps,
  )
  defineRoute(
    router,
    removeParticipant,
    (request) => participants.remove(request, request.params.id, request.params.pid),
    deps,
  )
  defineRoute(
    router,
    muteParticipant,
    (request) => participants.mute(request, request.params.id, request.params.pid),
    deps,
  )

  defineRoute(
    router,
    sendSignal,
    async ({ caller, body }) => {
      await send(caller, body)
      return {}
    },
    deps,
    { maxBodyBytes: () => MAX_LETTER_BYTES },
  )
}
