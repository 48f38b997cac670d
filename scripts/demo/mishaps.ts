import type { HubApi } from './hub-api.ts'
import type { Life } from './life.ts'
import { openSse } from './link.ts'
import { createPerson } from './people.ts'
import type { Random } from './random.ts'

/** A catalogue for those who print it: long messages that a stalled reader drowns in. */
const CATALOGUE = 'shop/catalogue'
const PAGES = 60
const PAGE_CHARACTERS = 60_000

const REFUSAL_MS = 12_000
const WRONG_PASSWORD_MS = 45_000
const STALL_MS = 150_000

/** Lets go wrong what goes wrong on any day: refusals, wrong passwords, readers that can't keep up. */
export function startMishaps(hub: HubApi, life: Life, random: Random): void {
  const somebody = () => createPerson(random.between(90_000, 99_999), random)

  life.repeat(
    () => random.wait(REFUSAL_MS),
    async () => {
      const { ip, userAgent } = somebody()
      const asker = { ip, userAgent }
      await random.pick([
        () => hub.call('GET', '/api/connections', undefined, asker),
        () => hub.call('GET', '/api/stats', undefined, { ...asker, token: `yk_${'0'.repeat(40)}` }),
        () => hub.call('POST', '/api/broadcast', { channel: 'shop/orders', type: 'order_paid' }, asker),
        () => hub.call('POST', '/api/broadcast', { channel: 'no//such', type: 'x' }),
        () => openSse({ url: hub.url, channels: ['shop/orders'], presence: false, asker }).closed,
      ])()
    },
  )

  life.repeat(
    () => random.wait(WRONG_PASSWORD_MS),
    () => {
      const { ip, userAgent } = somebody()
      const credentials = { email: `${random.pick(['root', 'info', 'shop'])}@demo.example`, password: 'letmein' }
      return hub.call('POST', '/api/auth/login', credentials, { ip, userAgent })
    },
  )

  life.repeat(() => random.wait(STALL_MS), stall)

  async function stall(): Promise<void> {
    const person = somebody()
    const token = await hub.tokenFor(person, { subscribe: [CATALOGUE], publish: [] })
    const { ip, userAgent } = person
    const link = openSse({ url: hub.url, channels: [CATALOGUE], presence: false, asker: { token, ip, userAgent } })
    try {
      await life.wait(1000)
      link.stall()
      for (let page = 1; page <= PAGES; page++) {
        const text = 'x'.repeat(PAGE_CHARACTERS)
        await hub.need('POST', `/api/broadcast?ephemeral=1`, { channel: CATALOGUE, type: 'page', page, text })
      }
      await Promise.race([link.closed, life.wait(5000)])
    } finally {
      link.close()
    }
  }
}
