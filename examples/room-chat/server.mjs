import { fileURLToPath } from 'node:url'
import express from 'express'
import { Refusal } from '../kit/refusal.mjs'
import { runSite } from '../kit/site.mjs'
import { createPeople } from './people.mjs'

/** Rooms that are always there; others come into being when somebody enters them. */
const ROOMS = ['lobby', 'music', 'tea']
const ROOM_PREFIX = 'chat/'
const MAX_TEXT = 2000

await runSite({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  port: 4002,
  routes(app, hub) {
    const people = createPeople(hub)
    const json = express.json({ limit: '20kb' })

    app.post('/login', json, async (req, res) => {
      const person = people.comeIn(req.body?.name)
      res.json({ ...person, token: await people.makeToken(people.find(person.session)) })
    })

    app.post('/token', json, async (req, res) => {
      res.json({ token: await people.makeToken(people.find(req.body?.session)) })
    })

    app.get('/rooms', async (_req, res) => {
      const { channels } = await hub.call('GET', `/api/channels?q=${ROOM_PREFIX}&limit=200`)
      const inUse = new Map()
      for (const { name, subscribers } of channels) {
        if (name.startsWith(ROOM_PREFIX)) inUse.set(name.slice(ROOM_PREFIX.length), subscribers)
      }
      const others = [...inUse.keys()].filter((name) => !ROOMS.includes(name) && inUse.get(name) > 0)
      const names = [...ROOMS, ...others.toSorted((a, b) => a.localeCompare(b))]
      res.json({ rooms: names.map((name) => ({ name, members: inUse.get(name) ?? 0 })) })
    })

    // Both get the same message, in one batch: what one reads is what the other has sent, on all their devices.
    app.post('/private', json, async (req, res) => {
      const { sub: from } = people.find(req.body?.session)
      const to = readSub(req.body?.to)
      const text = readText(req.body?.text)
      const message = { type: 'private', sender: from, to, text }
      const channels = from === to ? [from] : [to, from]
      const { messages } = await hub.call(
        'POST',
        '/api/broadcast',
        channels.map((sub) => ({ ...message, channel: `user/${sub}` })),
      )
      res.json({ id: messages.at(-1).id })
    })
  },
})

/** @param {unknown} value */
function readText(value) {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT) return value
  throw new Refusal(400, `A message has 1 to ${MAX_TEXT} characters.`)
}

/** @param {unknown} value */
function readSub(value) {
  if (typeof value === 'string' && /^[\w-]{8}\.[\w-]{1,180}$/.test(value)) return value
  throw new Refusal(400, 'There is nobody of that id.')
}
