import { z } from 'zod'
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS, ROOM_ID } from './room-limits.ts'

// What may be written of video rooms.

const UNSPEAKABLE = /[\p{Cc}\p{Surrogate}]/u
export const words = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((value) => !UNSPEAKABLE.test(value), { error: 'must not hold control characters' })

export const roomId = z.string().regex(ROOM_ID, {
  error: 'is 1–64 characters of A-Z a-z 0-9 _ - . : and begins with a letter or a digit',
})
export const roomName = words(100)
export const displayName = words(60)
export const size = z.number().int().min(MIN_PARTICIPANTS).max(MAX_PARTICIPANTS)
export const passcode = z.string().min(1).max(128)
export const place = z.object({ id: z.string().min(1).max(200) })
export const seat = z.object({ id: z.string().min(1).max(200), pid: z.string().min(1).max(200) })
