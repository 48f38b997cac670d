import type { Logger } from 'pino'
import { type Bus, type Note, noteOf } from './bus.ts'
import type { NatsConnector } from './nats-connection.ts'
import { PartReader, partsOf } from './note-parts.ts'

/** Letters of a part take up to three bytes each; some are left for its head. */
const BYTES_PER_LETTER = 3
const HEAD_BYTES = 200

/** Creates the bus of nodes that share a NATS, over its own publishing and subscribing. `node` is this node's name. */
export function createNatsBus(node: string, subject: string, connector: NatsConnector, log: Logger): Bus {
  const ears = new Set<(note: Note, from: string) => void>()
  let reader = new PartReader()
  let serial = 0

  function hear(payload: string): void {
    if (payload.startsWith(`${node} `)) return
    const whole = reader.read(payload)
    const note = whole && noteOf(whole.text)
    if (whole && note) for (const ear of ears) ear(note, whole.node)
  }

  let heard: object | null = null
  const stop = connector.onOpen(({ nc }) => {
    // What was cut off in its middle does not go on.
    reader = new PartReader()
    // A connection that comes back keeps its subscriptions; another one has none.
    if (heard === nc) return
    heard = nc
    nc.subscribe(subject, {
      callback: (err, message) => {
        if (err) log.debug({ err }, 'Other nodes could not be heard')
        else hear(message.string())
      },
    })
  })

  return {
    send(note) {
      const nc = connector.current()?.nc
      if (!nc) return
      const letters = Math.floor((nc.info!.max_payload - HEAD_BYTES) / BYTES_PER_LETTER)
      for (const part of partsOf(node, ++serial, JSON.stringify(note), letters)) nc.publish(subject, part)
    },
    isOpen: () => connector.current() !== null,
    listen(ear) {
      ears.add(ear)
      return () => void ears.delete(ear)
    },
    async close() {
      stop()
      await connector.current()?.nc.flush()
    },
  }
}
