import { Refusal } from '../kit/refusal.mjs'

/**
 * @typedef {import('./tables.mjs').Database} Database
 * @typedef {import('./tables.mjs').EventRow} EventRow
 * @typedef {{ eventId: number, availableSeats: number, version: number }} Seats
 */

/*
 * Each of these is one statement, so one commit: the seat, the booking and the news of it come together or not at all.
 * The row of the event is locked by its update, and its condition is looked at again once the lock is there: of two
 * people who want the last seat, the second finds none.
 */
const BOOK = `
with seat as (
  update booking.events set taken = taken + 1, version = version + 1
  where id = $1 and taken < seats and not exists (select from booking.bookings where event_id = $1 and user_id = $2)
  returning id, seats - taken as available, version
), booked as (
  insert into booking.bookings (event_id, user_id) select id, $2 from seat returning id
), told as (
  insert into booking.outbox (event_id, message)
  select id, jsonb_build_object('type', 'booking_created', 'eventId', id, 'availableSeats', available, 'version', version)
  from seat
)
select seat.id as "eventId", available as "availableSeats", version, booked.id as "bookingId" from seat, booked`

const CANCEL = `
with gone as (
  delete from booking.bookings where event_id = $1 and user_id = $2 returning event_id
), seat as (
  update booking.events set taken = taken - 1, version = version + 1 where id = (select event_id from gone)
  returning id, seats - taken as available, version
), told as (
  insert into booking.outbox (event_id, message)
  select id, jsonb_build_object('type', 'booking_cancelled', 'eventId', id, 'availableSeats', available,
    'version', version) from seat
)
select id as "eventId", available as "availableSeats", version from seat`

const CHANGE_SEATS = `
with seat as (
  update booking.events set seats = $2, version = version + 1 where id = $1 and taken <= $2
  returning id, seats, seats - taken as available, version
), told as (
  insert into booking.outbox (event_id, message)
  select id, jsonb_build_object('type', 'seat_update', 'eventId', id, 'seats', seats, 'availableSeats', available,
    'version', version) from seat
)
select id as "eventId", seats, available as "availableSeats", version from seat`

/** @param {unknown} error */
const isTaken = (error) => /** @type {{ code?: string }} */ (error).code === '23505'

/**
 * Lists the events, with who of them `userId` has booked.
 * @param {Database} database
 * @param {number} userId
 */
export function listEvents(database, userId) {
  return database.query(
    `select id, title, place, seats, seats - taken as "availableSeats", version,
       exists (select from booking.bookings where event_id = events.id and user_id = $1) as booked
     from booking.events order by id`,
    [userId],
  )
}

/**
 * Takes a seat.
 * @param {Database} database
 * @param {number} eventId
 * @param {number} userId
 * @returns {Promise<Seats>}
 */
export async function book(database, eventId, userId) {
  try {
    const [seats] = await database.query(BOOK, [eventId, userId])
    if (seats) return seats
  } catch (error) {
    // The same person, twice at the same moment.
    if (isTaken(error)) throw new Refusal(409, 'You have a seat already.')
    throw error
  }
  throw await whyNot(database, eventId, userId)
}

/**
 * Gives a seat back.
 * @param {Database} database
 * @param {number} eventId
 * @param {number} userId
 * @returns {Promise<Seats>}
 */
export async function cancel(database, eventId, userId) {
  const [seats] = await database.query(CANCEL, [eventId, userId])
  if (seats) return seats
  throw new Refusal(404, 'You have no seat there.')
}

/**
 * Changes how many seats there are.
 * @param {Database} database
 * @param {number} eventId
 * @param {number} count
 * @returns {Promise<Seats>}
 */
export async function changeSeats(database, eventId, count) {
  const [seats] = await database.query(CHANGE_SEATS, [eventId, count])
  if (seats) return seats
  throw new Refusal(409, 'There is no such event, or more seats are taken than that.')
}

/**
 * @param {Database} database
 * @param {number} eventId
 * @param {number} userId
 */
async function whyNot(database, eventId, userId) {
  const event = (await listEvents(database, userId)).find((/** @type {any} */ { id }) => id === eventId)
  if (event === undefined) return new Refusal(404, 'There is no such event.')
  return new Refusal(409, event.booked ? 'You have a seat already.' : 'The last seat is gone.')
}
