import { fileURLToPath } from 'node:url'
import express from 'express'
import { Refusal } from '../kit/refusal.mjs'
import { runSite } from '../kit/site.mjs'
import { ensureUsers, signIn, userOf } from './accounts.mjs'
import { book, cancel, changeSeats, listEvents } from './bookings.mjs'
import { publishOutbox } from './outbox.mjs'
import { openTables } from './tables.mjs'

const database = await openTables(process.env.BOOKING_DATABASE_URL)
await ensureUsers(database)

await runSite({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  port: 4003,
  routes(app, hub) {
    const wakeOutbox = publishOutbox(database, hub)
    const json = express.json({ limit: '10kb' })

    app.post('/api/auth/login', json, async (req, res) => {
      res.json(await signIn(database, hub, req.body ?? {}))
    })

    app.get('/api/bookable', async (req, res) => {
      const { id } = await userOf(database, req.headers.authorization)
      res.json({ events: await listEvents(database, id) })
    })

    app.post('/api/bookings', json, async (req, res) => {
      const { id } = await userOf(database, req.headers.authorization)
      const seats = await book(database, readNumber(req.body?.eventId, 'eventId'), id)
      wakeOutbox()
      res.status(201).json(seats)
    })

    app.delete('/api/bookings/:eventId', async (req, res) => {
      const { id } = await userOf(database, req.headers.authorization)
      const seats = await cancel(database, readNumber(req.params.eventId, 'eventId'), id)
      wakeOutbox()
      res.json(seats)
    })

    app.patch('/api/bookable/:eventId', json, async (req, res) => {
      const { isOrganiser } = await userOf(database, req.headers.authorization)
      if (!isOrganiser) throw new Refusal(403, 'Only an organiser changes the seats.')
      const seats = await changeSeats(
        database,
        readNumber(req.params.eventId, 'eventId'),
        readNumber(req.body?.seats, 'seats'),
      )
      wakeOutbox()
      res.json(seats)
    })
  },
})

/**
 * @param {unknown} value
 * @param {string} name
 */
function readNumber(value, name) {
  const number = Number(value)
  if (Number.isInteger(number) && number > 0 && number < 100_000) return number
  throw new Refusal(400, `${name} is a whole number from 1 to 99,999.`)
}
