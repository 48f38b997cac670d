import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { createHub } from 'yayin'

const PORT = Number(process.env.EXAMPLE_PORT ?? 4005)
const STEPS = /** @type {const} */ (['brewing', 'ready'])
const STEP_MS = 1000

const hub = await createHub({
  dataDir: process.env.DATA_DIR ?? fileURLToPath(new URL('data', import.meta.url)),
  databaseUrl: process.env.DATABASE_URL,
})

const app = express()
app.disable('x-powered-by')
app.use('/realtime', hub.router)
app.use(express.static(fileURLToPath(new URL('page', import.meta.url))))

// What an app's own sign-in would do: its user gets a token for what is theirs.
app.post('/session', async (_req, res) => {
  const guest = randomUUID()
  const { token } = await hub.createToken({ sub: guest, subscribe: [`orders/${guest}`] })
  res.json({ guest, token })
})

app.post('/api/orders', express.json(), async (req, res) => {
  const { guest, drink } = req.body ?? {}
  if (typeof guest !== 'string' || !/^[\w-]{36}$/.test(guest) || typeof drink !== 'string' || drink.length > 40) {
    return void res.status(400).json({ detail: 'An order has a guest and a drink.' })
  }
  const order = { orderId: randomUUID().slice(0, 4), drink }
  await tell(guest, { ...order, status: 'ordered' })
  STEPS.forEach((status, i) => setTimeout(() => void tell(guest, { ...order, status }), (i + 1) * STEP_MS).unref())
  res.status(201).json(order)
})

/**
 * Tells the guest everything, and everybody what is ready.
 * @param {string} guest
 * @param {{ orderId: string, drink: string, status: string }} order
 */
async function tell(guest, order) {
  await hub.publish(`orders/${guest}`, { type: 'order', ...order })
  if (order.status === 'ready') await hub.publish('public/board', { type: 'ready', orderId: order.orderId })
}

const server = app.listen(PORT, 'localhost', () => {
  process.stdout.write(`The example is ready on http://localhost:${PORT}\n`)
})
hub.attach(server, '/realtime')

async function stop() {
  // Streams end with the hub; a server that waits for them would wait for ever.
  await hub.close()
  server.close()
  server.closeAllConnections()
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop())
