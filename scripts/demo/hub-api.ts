import type { Person } from './people.ts'

/** Who asks: by which token or key, from where, and with which program. */
export type Asker = Partial<Pick<Person, 'ip' | 'userAgent'>> & { token?: string }

/** Calls the hub; refusals are answers, too. */
export interface HubApi {
  readonly url: string
  /** The demo's own key. */
  readonly key: string
  call<T>(method: string, path: string, body?: unknown, asker?: Asker): Promise<{ status: number; body: T }>
  /** Calls with the demo's own key, and expects it to work. */
  need<T>(method: string, path: string, body?: unknown): Promise<T>
  tokenFor(person: Pick<Person, 'sub' | 'name'>, rights: { subscribe: string[]; publish: string[] }): Promise<string>
}

/** How long a visitor's token is good. */
const TOKEN_SECONDS = 86_400

/** Creates the means to call a hub, until `signal` ends everything. */
export function createHubApi(url: string, key: string, signal: AbortSignal): HubApi {
  async function call<T>(method: string, path: string, body?: unknown, asker: Asker = { token: key }) {
    const response = await fetch(new URL(path, url), {
      method,
      signal,
      headers: { ...headersOf(asker), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T }
  }

  async function need<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await call<T>(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  return {
    url,
    key,
    call,
    need,
    async tokenFor({ sub, name }, rights) {
      const asked = { sub, name, ...rights, expiresIn: TOKEN_SECONDS }
      return (await need<{ token: string }>('POST', '/api/auth/tokens', asked)).token
    },
  }
}

/** The headers by which the hub knows who asks, and from where. */
export function headersOf({ token, ip, userAgent }: Asker): Record<string, string> {
  return {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(ip !== undefined && { 'x-forwarded-for': ip }),
    ...(userAgent !== undefined && { 'user-agent': userAgent }),
  }
}
