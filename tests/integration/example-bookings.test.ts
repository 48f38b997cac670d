import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ensureUsers } from '../../examples/seat-booking/accounts.mjs'
import { book, cancel, listEvents } from '../../examples/seat-booking/bookings.mjs'
import { openTables } from '../../examples/seat-booking/tables.mjs'
import { createDatabase } from '../support/postgres.ts'

const postgresUrl = inject('postgresUrl')
/** The event that has one seat, and how many others there are. */
const LAST_SEAT = 3
const EVENTS = 3

describe.skipIf(postgresUrl === null)('the tables of the booking example, in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof openTables>>
  beforeAll(async () => {
    database = await openTables(await createDatabase(postgresUrl!))
    await ensureUsers(database)
  })
  afterAll(() => database?.close())

  const outbox = () =>
    database.query<{ message: { version: number } }>('select message from booking.outbox order by id')

  it('let one of many have the last seat, and tell of it once, when all ask over connections of their own', async () => {
    const asked = Array.from({ length: 30 }, (_, n) => book(database, LAST_SEAT, 1 + (n % EVENTS)))
    const outcomes = await Promise.allSettled(asked)
    const booked = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(booked).toMatchObject([{ value: { eventId: LAST_SEAT, availableSeats: 0, version: 1 } }])
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ status: 409 })
    }
    expect(await outbox()).toMatchObject([{ message: { type: 'booking_created', availableSeats: 0 } }])
  })

  it('count every seat when many book and give back at once', async () => {
    const rounds = [1, 2, 3].map(async (user) => {
      for (let round = 0; round < 10; round++) {
        await book(database, 1, user)
        if (round < 9) await cancel(database, 1, user)
      }
    })
    await Promise.all(rounds)
    const [concert] = await listEvents(database, 1)
    expect(concert).toMatchObject({ seats: 50, availableSeats: 47, version: 57, booked: true })
    const told = (await outbox()).slice(1).map(({ message }) => message.version)
    expect(told).toEqual(Array.from({ length: 57 }, (_, i) => i + 1))
    await expect(book(database, 99, 1)).rejects.toMatchObject({ status: 404 })
  })
})
