import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/**
 * A database: PostgreSQL, or the one embedded here.
 * @typedef {object} Database
 * @property {<T>(text: string, values?: unknown[]) => Promise<T[]>} query runs one statement and returns its rows
 */

/** @typedef {{ id: number, title: string, place: string, seats: number, taken: number, version: number }} EventRow */

const TABLES = [
  `create schema if not exists booking`,
  `create table if not exists booking.users (
     id int generated always as identity primary key,
     email text not null unique, name text not null, password_hash text not null,
     is_organiser boolean not null default false
   )`,
  `create table if not exists booking.sessions (
     token_hash text primary key, user_id int not null references booking.users, expires_at timestamptz not null
   )`,
  `create table if not exists booking.events (
     id int primary key, title text not null, place text not null,
     seats int not null, taken int not null default 0, version int not null default 0,
     check (taken between 0 and seats)
   )`,
  `create table if not exists booking.bookings (
     id int generated always as identity primary key,
     event_id int not null references booking.events, user_id int not null references booking.users,
     created_at timestamptz not null default now(),
     unique (event_id, user_id)
   )`,
  // What happened and was not published yet; written with what happened, in one commit.
  `create table if not exists booking.outbox (
     id int generated always as identity primary key, event_id int not null, message jsonb not null,
     key uuid not null default gen_random_uuid()
   )`,
  `insert into booking.events (id, title, place, seats) values
     (1, 'An evening of Bach', 'Concert hall', 50), (2, 'Night train to Lisbon', 'Small stage', 12),
     (3, 'Breakfast with the band', 'Café', 1)
   on conflict do nothing`,
]

/**
 * Opens a PostgreSQL, or one embedded in this folder's `data`, and makes the tables that are missing.
 * @param {string | undefined} connectionString
 * @returns {Promise<Database & { close: () => Promise<void> }>}
 */
export async function openTables(connectionString) {
  const database = await open(connectionString)
  for (const text of TABLES) await database.query(text)
  return database
}

/** @param {string | undefined} connectionString */
async function open(connectionString) {
  if (connectionString !== undefined) {
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({ connectionString })
    /** @type {Database['query']} */
    const query = async (text, values) => (await pool.query(text, values)).rows
    return { query, close: () => pool.end() }
  }
  const { PGlite } = await import('@electric-sql/pglite')
  const folder = process.env.BOOKING_DATA_DIR ?? fileURLToPath(new URL('data', import.meta.url))
  await mkdir(folder, { recursive: true })
  const lite = await PGlite.create(folder)
  /** @type {Database['query']} */
  const query = async (text, values) => /** @type {any} */ ((await lite.query(text, values)).rows)
  return { query, close: () => lite.close() }
}
