import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { LEAVE_REASONS } from '../video.ts'
import { at } from './time.ts'

export const videoRooms = pgTable(
  'video_rooms',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    hostId: text('host_id'),
    hostTokenHash: text('host_token_hash').notNull(),
    maxParticipants: integer('max_participants').notNull().default(8),
    passcodeHash: text('passcode_hash'),
    locked: boolean('locked').notNull().default(false),
    /** The participant who is host now; null while none is. */
    hostParticipantId: text('host_participant_id'),
    createdAt: at('created_at').notNull().defaultNow(),
    /** When somebody last came or went: rooms that nobody is in close some time after. */
    activeAt: at('active_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  // The list shows rooms that are open.
  (t) => [
    index('video_rooms_open')
      .on(t.createdAt)
      .where(sql`${t.endedAt} is null`),
  ],
)

export const videoParticipants = pgTable(
  'video_participants',
  {
    id: text('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => videoRooms.id, { onDelete: 'cascade' }),
    displayName: text('display_name').notNull(),
    userId: text('user_id'),
    microphone: boolean('microphone').notNull().default(true),
    camera: boolean('camera').notNull().default(true),
    screen: boolean('screen').notNull().default(false),
    hand: boolean('hand').notNull().default(false),
    joinedAt: at('joined_at').notNull().defaultNow(),
    /** When a connection of theirs was last known to be open; written now and then while it is. */
    seenAt: at('seen_at').notNull().defaultNow(),
    leftAt: at('left_at'),
    leftReason: text('left_reason', { enum: LEAVE_REASONS }),
  },
  (t) => [
    // Removing a room of old removes its participants.
    index('video_participants_room').on(t.roomId),
    // Capacity and the list of a room count those who are in it.
    index('video_participants_present')
      .on(t.roomId)
      .where(sql`${t.leftAt} is null`),
  ],
)
