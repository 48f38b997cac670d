import type { HubApi } from './hub-api.ts'
import type { Life } from './life.ts'
import { createPerson } from './people.ts'
import type { Random } from './random.ts'

const PASSWORD = 'mavi kedi damda uyur'
const STAFF = [
  { email: 'derya@demo.example', name: 'Derya Aydın', role: 'admin' },
  { email: 'marco@demo.example', name: 'Marco Rossi', role: 'viewer' },
  { email: 'selin@demo.example', name: 'Selin Koç', role: 'viewer' },
] as const
const KEYS = [
  { name: 'Checkout', scopes: ['publish'], channels: ['shop/**', 'public/shop/**'] },
  { name: 'Match feed', scopes: ['publish'], channels: ['public/match/*', 'broadcast'] },
  { name: 'Web login', scopes: ['tokens'] },
  { name: 'Warehouse screens', scopes: ['subscribe'], channels: ['shop/**'] },
  { name: 'Reporting', scopes: ['admin', 'subscribe'] },
] as const
const SIGN_IN_MS = 90_000

/** Brings the people who look after the hub: their accounts, keys and settings, and lets them sign in now and then. */
export async function hireStaff(hub: HubApi, life: Life, random: Random): Promise<void> {
  const { body: known } = await hub.call<{ users: { email: string }[] }>('GET', '/api/users?limit=500')
  // Data that were kept have them already.
  if (known.users.length <= 1) {
    for (const person of STAFF) await hire(person)
    for (const key of KEYS) await hub.need('POST', '/api/keys', key)
    await hub.need('POST', '/api/settings', { key: 'app.shop_banner', value: 'Free shipping on Friday' })
    await hub.need('POST', '/api/settings', { key: 'history_max_messages', value: 500_000 })
  }
  life.repeat(
    () => random.wait(SIGN_IN_MS),
    () => {
      const { email } = random.pick(STAFF)
      const { ip, userAgent } = createPerson(random.between(80_000, 80_010), random)
      return hub.call('POST', '/api/auth/login', { email, password: PASSWORD }, { ip, userAgent })
    },
  )

  async function hire({ email, name, role }: (typeof STAFF)[number]): Promise<void> {
    const { url } = await hub.need<{ url: string }>('POST', '/api/users/invitations', { email, role })
    const code = new URL(url).hash.replace('#invite=', '')
    const { ip, userAgent } = createPerson(0, random)
    await hub.call('POST', '/api/auth/invitations/accept', { code, password: PASSWORD, name }, { ip, userAgent })
  }
}
