import type { Crowd } from './crowd.ts'
import type { HubApi } from './hub-api.ts'
import type { Life } from './life.ts'
import { paceAt } from './pace.ts'
import type { Random } from './random.ts'
import type { WorldKeys } from './staff.ts'
import type { Happening, World } from './worlds/world.ts'

/** Messages that go out in one request at most. */
const BATCH = 50
const TICK_MS = 100

/** Lets things happen in all worlds, `rate` messages a second on a usual day. */
export function startTraffic(
  rate: number,
  worlds: readonly World[],
  crowd: Crowd,
  hub: HubApi,
  keys: WorldKeys,
  life: Life,
  random: Random,
): void {
  for (const world of worlds) {
    let due = 0
    life.repeat(
      () => TICK_MS,
      async () => {
        due += (rate * world.messages * paceAt(new Date()) * TICK_MS) / 1000
        const happenings: Happening[] = []
        while (due >= 1 && happenings.length < BATCH) {
          const next = world.happen(random, crowd.talkers(world))
          // Nobody is there to talk: nothing is saved up until somebody is.
          if (next.length === 0) due = 0
          due -= next.length
          happenings.push(...next)
        }
        await bring(happenings, keys.get(world.name) ?? hub.key)
      },
    )
  }

  async function bring(happenings: readonly Happening[], token: string): Promise<void> {
    for (const happening of happenings) if (happening.from) crowd.say({ ...happening, from: happening.from })
    const own = happenings.filter(({ from }) => from === undefined)
    for (const ephemeral of [false, true]) {
      const batch = own.filter((happening) => (happening.ephemeral ?? false) === ephemeral)
      if (batch.length === 0) continue
      const messages = batch.map(({ channel, message }) => ({ ...message, channel }))
      await hub.call('POST', `/api/broadcast${ephemeral ? '?ephemeral=1' : ''}`, messages, { token })
    }
  }
}
