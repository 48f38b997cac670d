import type { z } from 'zod'
import type { Operation } from '../shared/operation.ts'
import { CliFailure, EXIT } from './failure.ts'
import type { HubAccess } from './hub-options.ts'

interface Input {
  params?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
  headers?: Record<string, string>
}

/** How long an answer may take, in milliseconds. */
const TIMEOUT_MS = 30_000

/** Asks the hub for one of its operations; what it answers is made from the operation's own schema. */
export async function callHub<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  operation: Operation<P, Q, B, R>,
  access: HubAccess,
  input: Input = {},
): Promise<z.output<R>> {
  const response = await send(operation, access, input)
  if (!response.ok) throw await refusalOf(response, access)
  return (response.status === 204 ? undefined : await response.json()) as z.output<R>
}

async function send({ method, path }: Operation, access: HubAccess, input: Input): Promise<Response> {
  const filledPath = path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(input.params?.[name] ?? ''))
  const url = new URL(access.url + filledPath)
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const headers = {
    ...(access.key !== null && { Authorization: `Bearer ${access.key}` }),
    ...(input.body !== undefined && { 'Content-Type': 'application/json' }),
    ...input.headers,
  }
  const body = input.body === undefined ? null : JSON.stringify(input.body)
  try {
    return await fetch(url, { method: method.toUpperCase(), headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) })
  } catch (error) {
    throw unreachable(access.url, error)
  }
}

/** No hub answers; says why as far as the system does, and what to do. */
export function unreachable(url: string, error: unknown): CliFailure {
  const hint = 'start it with `yayin start`, or say where it is with --url or YAYIN_URL'
  return new CliFailure(EXIT.unreachable, `No hub answers at ${url} (${reasonOf(error)}); ${hint}`, { cause: error })
}

/** Says in a few words why a connection failed: the system's code, where there is one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'it took too long'
  const { cause } = error
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause
  const code = [inner, error].map((each) => (each as NodeJS.ErrnoException | undefined)?.code).find(Boolean)
  return code === undefined ? (inner instanceof Error ? inner.message : error.message) : (WORDS[code] ?? code)
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is not known',
  ETIMEDOUT: 'it took too long',
  ECONNRESET: 'the connection was cut',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

async function refusalOf(response: Response, { url, key }: HubAccess): Promise<CliFailure> {
  const text = await response.text()
  const detail = detailOf(text) ?? `${url} answered ${response.status}, and not as a hub does`
  if (response.status !== 401 && response.status !== 403) return new CliFailure(EXIT.failed, detail)
  const hint = key === null ? 'give a key with --key or YAYIN_API_KEY' : 'use a key that may do this'
  return new CliFailure(EXIT.refused, `${detail.replace(/\.$/, '')}; ${hint}`)
}

/** Reads what a problem says (RFC 9457); null when the text is none. */
function detailOf(text: string): string | null {
  try {
    const { detail, title } = JSON.parse(text) as { detail?: unknown; title?: unknown }
    return typeof detail === 'string' ? detail : typeof title === 'string' ? title : null
  } catch {
    return null
  }
}
