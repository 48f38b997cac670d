import type { HostCaller, UserCaller } from './caller.ts'

/** What authentication asks of the video rooms; answered at once, from memory, where that can know. */
export interface RoomGate {
  /** Tells whether the bearer of a room's token is still in that room. */
  isPresent(seat: NonNullable<UserCaller['room']>): boolean | Promise<boolean>
  /** Finds the open room that a host token is for. */
  findHost(tokenHash: string): HostCaller | null | Promise<HostCaller | null>
  /** Tells whether the open room names the user of that `sub` as its host. */
  isNamedHost(sub: string, roomId: string): boolean
}

/** What a host token begins with. */
export const HOST_TOKEN_PREFIX = 'yh_'
