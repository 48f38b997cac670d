import type pg from 'pg'

/** A session at the MQTT broker, and what it was last subscribed to. */
export interface MqttSeat {
  clientId: string
  subscriptions: string[]
}

/** Who uses which session at the MQTT broker; a holder is a process, and keeps a session while it says so in time. */
export interface MqttSessionTable {
  /** Takes a session of this name; null while another holder has it. */
  take(clientId: string, holder: string): Promise<MqttSeat | null>
  /**
   * Takes the one session of all nodes, of this name if there is none yet; null while another holder has one. `alone`:
   * there are no other holders, whatever the table says.
   */
  takeOnly(clientId: string, holder: string, alone: boolean): Promise<MqttSeat | null>
  /** Takes a session whose holder has been gone for a while; null when there is none. */
  takeOrphan(holder: string): Promise<MqttSeat | null>
  /** Keeps sessions for another while; returns those that are still the holder's. */
  hold(clientIds: readonly string[], holder: string): Promise<string[]>
  /** Notes what a session is subscribed to. */
  note(clientId: string, subscriptions: readonly string[]): Promise<void>
  /** Lets a session go: whoever asks for it by name has it at once. */
  release(clientId: string, holder: string): Promise<void>
  /** Removes a session that is of no more use. */
  forget(clientId: string, holder: string): Promise<void>
}

/** How long a holder has a session without saying so again; as long again, and it is an orphan. */
const HELD = `interval '15 seconds'`
const SEAT = 'client_id as "clientId", subscriptions'

export function createMqttSessionTable(pool: pg.Pool): MqttSessionTable {
  const first = async (text: string, values: unknown[]) =>
    ((await pool.query(text, values)).rows[0] as MqttSeat | undefined) ?? null
  return {
    take: (clientId, holder) =>
      first(
        `insert into mqtt_sessions as s (client_id, holder, held_until, subscriptions)
         values ($1, $2, now() + ${HELD}, '[]')
         on conflict (client_id) do update set holder = $2, held_until = now() + ${HELD}
           where s.holder is null or s.holder = $2 or s.held_until < now()
         returning ${SEAT}`,
        [clientId, holder],
      ),
    // Its lock lets no two nodes find the table empty at once.
    takeOnly: (clientId, holder, alone) => inLock(pool, (client) => takeOnly(client, clientId, holder, alone)),
    takeOrphan: (holder) =>
      first(
        `update mqtt_sessions set holder = $1, held_until = now() + ${HELD}
         where client_id = (
           select client_id from mqtt_sessions where held_until < now() - ${HELD} order by client_id
           limit 1 for update skip locked
         ) returning ${SEAT}`,
        [holder],
      ),
    async hold(clientIds, holder) {
      const { rows } = await pool.query(
        `update mqtt_sessions set held_until = now() + ${HELD}
         where client_id = any($1::text[]) and holder = $2 returning client_id`,
        [clientIds, holder],
      )
      return (rows as { client_id: string }[]).map((row) => row.client_id)
    },
    async note(clientId, subscriptions) {
      await pool.query('update mqtt_sessions set subscriptions = $2 where client_id = $1', [
        clientId,
        JSON.stringify(subscriptions),
      ])
    },
    async release(clientId, holder) {
      await pool.query(
        `update mqtt_sessions set holder = null, held_until = now() where client_id = $1 and holder = $2`,
        [clientId, holder],
      )
    },
    async forget(clientId, holder) {
      await pool.query('delete from mqtt_sessions where client_id = $1 and holder = $2', [clientId, holder])
    },
  }
}

async function takeOnly(client: pg.PoolClient, clientId: string, holder: string, alone: boolean) {
  const { rows } = await client.query(
    `select ${SEAT}, holder is not null and holder <> $1 and held_until > now() as taken from mqtt_sessions
     order by client_id <> $2, client_id`,
    [holder, clientId],
  )
  const seats = rows as (MqttSeat & { taken: boolean })[]
  if (!alone && seats.some(({ taken }) => taken)) return null
  const seat = (alone ? seats.find((known) => known.clientId === clientId) : seats[0]) ?? {
    clientId,
    subscriptions: [],
  }
  await client.query(
    `insert into mqtt_sessions (client_id, holder, held_until, subscriptions) values ($1, $2, now() + ${HELD}, $3)
     on conflict (client_id) do update set holder = excluded.holder, held_until = excluded.held_until`,
    [seat.clientId, holder, JSON.stringify(seat.subscriptions)],
  )
  return { clientId: seat.clientId, subscriptions: seat.subscriptions }
}

async function inLock<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('lock table mqtt_sessions in exclusive mode')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}
