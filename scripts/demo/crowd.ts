import type { HubApi } from './hub-api.ts'
import type { Life } from './life.ts'
import { openSse, openWs, type Link } from './link.ts'
import { paceAt } from './pace.ts'
import { createPerson, type Person } from './people.ts'
import type { Random } from './random.ts'
import type { Happening, World } from './worlds/world.ts'

/** Those who are there. */
export interface Crowd {
  /** Who of a world could send something over their own connection. */
  talkers(world: World): Person[]
  /** Sends something over the connection of whom it is from; false when they have left. */
  say(happening: Happening & { from: Person }): boolean
  /** Everybody leaves. */
  disperse(): void
}

interface Visitor {
  person: Person
  world: World
  link: Link
  canTalk: boolean
}

/** Visitors stay for minutes; some only look in. */
const STAY_MS = 240_000
const LOOK_IN_MS = 15_000
/** How often it is looked whether more are to come. */
const DOOR_MS = 250
/** Newcomers of one look, as a share of all, so that the start takes some seconds and nobody is turned away. */
const RUSH = 0.05

/** Keeps about `size` visitors connected, coming and going, fewer at night. */
export function createCrowd(size: number, worlds: readonly World[], hub: HubApi, life: Life, random: Random): Crowd {
  const visitors = new Map<string, Visitor>()
  let coming = 0
  let number = 0

  life.repeat(
    () => DOOR_MS,
    async () => {
      const wanted = Math.round(size * Math.min(1.1, 0.55 + 0.45 * paceAt(new Date())))
      const missing = wanted - visitors.size - coming
      const batch = Math.min(missing, Math.max(1, Math.ceil(size * RUSH)))
      await Promise.all(Array.from({ length: Math.max(0, batch) }, () => come()))
    },
  )

  async function come(): Promise<void> {
    coming++
    try {
      const world = worldBy(random, worlds)
      const visit = world.visit(random)
      const person = createPerson(number++, random)
      const rights = { subscribe: visit.channels, publish: visit.publish }
      const token = visit.signedIn ? { token: await hub.tokenFor(person, rights) } : {}
      const { ip, userAgent } = person
      const { channels, presence, transport } = visit
      const open = transport === 'ws' ? openWs : openSse
      const link = open({ url: hub.url, channels, presence, asker: { ...token, ip, userAgent } })
      visitors.set(person.sub, { person, world, link, canTalk: transport === 'ws' && visit.publish.length > 0 })
      life.once(() => leave(person.sub, link))
    } finally {
      coming--
    }
  }

  async function leave(sub: string, link: Link): Promise<void> {
    const stayMs = random.wait(random.chance(0.15) ? LOOK_IN_MS : STAY_MS)
    try {
      await Promise.race([life.wait(stayMs), link.closed])
    } finally {
      link.close()
      visitors.delete(sub)
    }
  }

  return {
    talkers: (world) =>
      [...visitors.values()]
        .filter((visitor) => visitor.world === world && visitor.canTalk)
        .map(({ person }) => person),
    say({ from, channel, message, ephemeral = false }) {
      const visitor = visitors.get(from.sub)
      visitor?.link.send({ type: 'publish', channel, message, ephemeral })
      return visitor !== undefined
    },
    disperse() {
      for (const { link } of visitors.values()) link.close()
    },
  }
}

function worldBy(random: Random, worlds: readonly World[]): World {
  let left = random.next()
  return worlds.find((world) => (left -= world.visitors) < 0) ?? random.pick(worlds)
}
