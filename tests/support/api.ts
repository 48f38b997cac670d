/** An answer: its JSON body, or null when there is none. */
export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

type Body = Record<string, unknown>
type Send = <T = Body>(path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer<T>>
type Get = <T = Body>(path: string, headers?: Record<string, string>) => Promise<Answer<T>>

/** Calls the server as the bearer of `token`: its own API key unless told otherwise, null for nobody. */
export function api(server: { url: string; apiKey: string }, token: string | null = server.apiKey) {
  const send =
    (method: string): Send =>
    async <T>(path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(new URL(path, server.url), {
        method,
        redirect: 'manual',
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        // A text is sent as it is, so that a test can send what is not JSON.
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return { status: response.status, headers: response.headers, body: (await bodyOf(response)) as T }
    }
  const get: Get = (path, headers) => send('GET')(path, undefined, headers)
  return { get, post: send('POST'), patch: send('PATCH'), put: send('PUT'), delete: send('DELETE') }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return null
  return /[/+]json\b/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}
