import { z } from 'zod'
import { isPattern, PATTERN_RULE } from './channel.ts'
import { YayinError } from './errors.ts'

/** One address of the HTTP API: what it takes and what it answers. Validation, types and papers come from here. */
export interface Operation<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** Express path: `/api/connections/:id`. */
  path: string
  summary: string
  /** Who may call it; `open` operations look at the caller themselves, `view` is what viewers may too. */
  access: 'open' | 'view' | 'admin' | 'tokens'
  params: P
  query: Q
  body: B
  /** Status of success; 204 has no body. */
  status: 200 | 201 | 202 | 204
  response: R
  /** What a 202 answers, where the operation may put its work off. */
  accepted?: z.ZodType
  /** Media types of an answer that is no JSON. */
  media?: readonly string[]
  /** Media types that its body may come in beside JSON. */
  bodyTypes?: readonly string[]
  /** Statuses that it is refused with beside those that its access and its parts imply. */
  refusals?: readonly number[]
}

const nothing = z.strictObject({})
const anyQuery = z.object({})
type Nothing = typeof nothing
type AnyQuery = typeof anyQuery

/** Declares an operation; absent parts take nothing. */
export function operation<
  R extends z.ZodType,
  P extends z.ZodType = AnyQuery,
  Q extends z.ZodType = AnyQuery,
  B extends z.ZodType = Nothing,
>(
  spec: Pick<Operation<P, Q, B, R>, 'method' | 'path' | 'summary' | 'access' | 'response'> & {
    status?: Operation['status']
    media?: Operation['media'] & {}
    bodyTypes?: Operation['bodyTypes'] & {}
    refusals?: Operation['refusals'] & {}
    accepted?: z.ZodType
    params?: P
    query?: Q
    body?: B
  },
): Operation<P, Q, B, R> {
  return {
    status: 200,
    params: anyQuery as unknown as P,
    query: anyQuery as unknown as Q,
    body: nothing as unknown as B,
    ...spec,
  }
}

/** ISO 8601 with a zone, in the years 1 to 9999 of UTC: others have no text that every database takes. */
export const isoTime = z.iso
  .datetime({ offset: true })
  .refine(isWithinYears, { error: 'a time of the years 1 to 9999' })
/** `limit` and `cursor` of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(500).optional(),
}
export const nextCursor = z.string().nullable()
export const pattern = z.string().refine(isPattern, { error: PATTERN_RULE })
export const patterns = z.array(pattern).max(1000)
export const id = z.object({ id: z.string().min(1).max(200) })
export const text = z.string().max(500)
/** What a person, a key or another thing is called. */
export const displayName = z.string().trim().min(1).max(200)

function isWithinYears(time: string): boolean {
  const year = new Date(time).getUTCFullYear()
  return year >= 1 && year <= 9999
}

/** A switch in a query string; standing there without a value turns it on. */
export const flag = z.enum(['0', '1', 'true', 'false', '']).transform((v) => v === '1' || v === 'true' || v === '')

/** Reads a switch of a query string that no operation declares; null counts as off. @throws YayinError `invalid` */
export function readFlag(name: string, text: string | null): boolean {
  const result = flag.safeParse(text ?? '0')
  if (result.success) return result.data
  const message = `${JSON.stringify(text?.slice(0, 50))} is neither 1 nor 0`
  throw new YayinError('invalid', `query ${name}: ${message}`, { errors: [{ path: name, message }] })
}
