import { useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import type { RoomDetail } from '../../../../shared/video.ts'
import { useFollow } from '../../lib/live.ts'
import { applyRoomMessage } from './apply-room-message.ts'
import { fetchRooms } from './rooms-api.ts'

const ROOMS = ['video-rooms'] as const

/** The open rooms, kept up by what the hub says of them. */
export function useRooms() {
  const queries = useQueryClient()
  const rooms = useQuery<readonly RoomDetail[]>({ queryKey: ROOMS, queryFn: fetchRooms })
  useFollow(
    'admin/rooms',
    (message) =>
      queries.setQueryData<readonly RoomDetail[]>(ROOMS, (known) => known && applyRoomMessage(known, message)),
    // What happened before the stream stood is in a list that is fetched from now on.
    () => void queries.invalidateQueries({ queryKey: ROOMS }),
  )
  return rooms
}

/** Does something to a room, and asks how the rooms stand then: the dashboard may be on another node than the room. */
export function useRoomAction<Result, Input>(
  act: (input: Input) => Promise<Result>,
  onDone: (result: Result, input: Input) => void,
): UseMutationResult<Result, Error, Input> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ROOMS }),
  })
}
