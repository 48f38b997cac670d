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
/** Keys of applications; `world` names the part of the demo that publishes with it. */
const KEYS = [
  { name: 'Checkout', scopes: ['publish'], channels: ['shop/**', 'public/shop/**'], world: 'shop' },
  { name: 'Match feed', scopes: ['publish'], channels: ['public/match/*', 'broadcast'], world: 'match' },
  { name: 'Web login', scopes: ['tokens'] },
  { name: 'Warehouse screens', scopes: ['subscribe'], channels: ['shop/**'] },
  { name: 'Reporting', scopes: ['admin', 'subscribe'] },
] as const
const SIGN_IN_MS = 90_000

/** The keys that the worlds publish with, by their names; filled once they are made. */
export type WorldKeys = Map<string, string>

interface Credentials {
  email: string
  password: string
}

/**
 * Brings the people who look after the hub: their accounts, the keys and settings that the admin makes, and lets them
 * sign in now and then.
 */
export async function hireStaff(
  hub: HubApi,
  admin: Credentials,
  keys: WorldKeys,
  life: Life,
  random: Random,
): Promise<void> {
  const { body: known } = await hub.call<{ users: { email: string }[] }>('GET', '/api/users?limit=500')
  // Data that were kept have them already.
  if (known.users.length <= 1) await settleIn()
  life.repeat(
    () => random.wait(SIGN_IN_MS),
    () => {
      const { email } = random.pick(STAFF)
      const { ip, userAgent } = createPerson(random.between(80_000, 80_010), random)
      return hub.call('POST', '/api/auth/login', { email, password: PASSWORD }, { ip, userAgent })
    },
  )

  async function settleIn(): Promise<void> {
    const { token } = (await hub.call<{ token: string }>('POST', '/api/auth/login', admin)).body
    const asAdmin = <T>(path: string, body: unknown) => hub.call<T>('POST', path, body, { token })
    for (const { world, ...key } of KEYS.map((key) => ({ world: null, ...key }))) {
      const { secret } = (await asAdmin<{ secret: string }>('/api/keys', key)).body
      if (world !== null) keys.set(world, secret)
    }
    const old = await asAdmin<{ key: { id: string } }>('/api/keys', { name: 'Old website', scopes: ['publish'] })
    await hub.call('DELETE', `/api/keys/${old.body.key.id}`, undefined, { token })
    for (const person of STAFF) await hire(person)
    await asAdmin('/api/users/invitations', { email: 'emre@demo.example', role: 'viewer' })
    await asAdmin('/api/settings', { key: 'app.shop_banner', value: 'Free shipping on Friday' })
    await asAdmin('/api/settings', { key: 'history_max_messages', value: 500_000 })
  }

  async function hire({ email, name, role }: (typeof STAFF)[number]): Promise<void> {
    const { url } = await hub.need<{ url: string }>('POST', '/api/users/invitations', { email, role })
    const code = new URL(url).hash.replace('#invite=', '')
    const { ip, userAgent } = createPerson(0, random)
    await hub.call('POST', '/api/auth/invitations/accept', { code, password: PASSWORD, name }, { ip, userAgent })
  }
}
