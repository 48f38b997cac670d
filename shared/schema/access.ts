import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at } from './time.ts'

/** People who sign in to the dashboard. */
export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name'),
    role: text('role', { enum: ['admin', 'viewer'] }).notNull(),
    /** Null: signs in by link alone. Otherwise algorithm, parameters, salt and hash in one string. */
    passwordHash: text('password_hash'),
    createdAt: at('created_at').notNull().defaultNow(),
    lastSignInAt: at('last_sign_in_at'),
  },
  // A sign-in finds the user by address, whatever its case.
  (t) => [uniqueIndex('users_email').on(sql`lower(${t.email})`)],
)

/** Invitations to the dashboard that were not accepted yet; the code in the link is never stored. */
export const invitations = pgTable(
  'invitations',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the link's code, hex. */
    codeHash: text('code_hash').notNull().unique(),
    email: text('email').notNull(),
    role: text('role', { enum: ['admin', 'viewer'] }).notNull(),
    createdBy: text('created_by'),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
  },
  // A new invitation replaces the one before it to the same address.
  (t) => [uniqueIndex('invitations_email').on(sql`lower(${t.email})`)],
)

/** Signed-in dashboard sessions; the token itself is never stored. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the session's token, hex. */
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: at('created_at').notNull().defaultNow(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    ip: text('ip'),
    userAgent: text('user_agent'),
  },
  // Expired sessions are swept by time.
  (t) => [index('sessions_expires_at').on(t.expiresAt), index('sessions_user').on(t.userId)],
)

/** API keys of applications; the key itself is never stored. */
export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** SHA-256 of the key, hex. */
  keyHash: text('key_hash').notNull().unique(),
  /** What is shown of the key afterwards: its first characters. */
  prefix: text('prefix').notNull(),
  scopes: jsonb('scopes').$type<string[]>().notNull(),
  /** Patterns that publish and subscribe are limited to; null for all. */
  channels: jsonb('channels').$type<string[]>(),
  createdAt: at('created_at').notNull().defaultNow(),
  createdBy: text('created_by'),
  lastUsedAt: at('last_used_at'),
  expiresAt: at('expires_at'),
  revokedAt: at('revoked_at'),
})
