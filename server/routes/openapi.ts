import { z } from 'zod'
import { type Operation, OPERATIONS } from '../../shared/api.ts'
import { ERRORS } from '../../shared/errors.ts'
import { OTHER_PATHS } from './openapi-others.ts'
import { takesNothing } from './validate.ts'

export type Schema = { [key: string]: unknown }
export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: Schema
}
interface Content {
  [mediaType: string]: { schema: Schema }
}
export interface PathItem {
  operationId: string
  tags: string[]
  summary: string
  /** Who may call it. */
  description?: string
  security: Record<string, never[]>[]
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { $ref: string } | { description: string; content?: Content }>
}
/** An OpenAPI 3.1 document, as far as this server makes use of it. */
export interface Papers {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  security: Record<string, never[]>[]
  paths: Record<string, Record<string, PathItem>>
  components: Record<string, Record<string, unknown>>
}

const BEARER = { bearer: [] }
const COOKIE = { session: [] }
const ANYBODY = [{}, BEARER, COOKIE]
const KNOWN = [BEARER, COOKIE]

/** Describes the whole API in OpenAPI 3.1, from the schemas that requests are validated by. */
export function describeApi(version: string): Papers {
  const paths: Papers['paths'] = {}
  for (const operation of OPERATIONS) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Yayın',
      version,
      description: 'A realtime hub: POST a message, browsers get it at once, exactly once, even across a crash.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    security: KNOWN,
    paths: { ...paths, ...OTHER_PATHS },
    components: { schemas: { Problem: PROBLEM }, responses: RESPONSES, securitySchemes: SECURITY_SCHEMES },
  }
}

function describe(operation: Operation): PathItem {
  const { method, path, summary, access, params, query, body, status, response } = operation
  const { media, accepted, bodyTypes = [], refusals: more = [] } = operation
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== 'api')
  const parameters = [...parametersOf(params, 'path'), ...parametersOf(query, 'query')]
  const hasBody = !takesNothing(body)
  const json = (schema: Schema): Content => ({ 'application/json': { schema } })
  const answer = schemaOf(response, 'output')
  const content = media ? Object.fromEntries(media.map((type) => [type, { schema: answer }])) : json(answer)
  const done = status === 204 ? { description: 'Done' } : { description: 'Done', content }
  const putOff = accepted && { 202: { description: 'Put off', content: json(schemaOf(accepted, 'output')) } }
  const refused = refusals(access, path.includes(':'), hasBody, more)
  return {
    operationId: [method, ...segments.map((segment) => segment.replace(':', 'by-'))].join('-'),
    tags: [segments[0] ?? 'api'],
    summary,
    description: CALLERS[access],
    security: access === 'open' ? ANYBODY : KNOWN,
    ...(parameters.length > 0 && { parameters }),
    ...(hasBody && { requestBody: bodyOf(body, bodyTypes) }),
    responses: { [status]: done, ...putOff, ...refused },
  }
}

function bodyOf(body: z.ZodType, types: readonly string[]): NonNullable<PathItem['requestBody']> {
  const schema = schemaOf(body, 'input')
  const content = Object.fromEntries(['application/json', ...types].map((type) => [type, { schema }]))
  return { required: !body.safeParse(undefined).success, content }
}

const CALLERS: Record<Operation['access'], string> = {
  open: 'Anybody may ask; what the caller may do decides.',
  view: 'Dashboard users, and API keys with the scope `admin`.',
  admin: 'Dashboard users with the role admin, and API keys with the scope `admin`.',
  tokens: 'Dashboard users with the role admin, and API keys with the scope `tokens`.',
}

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Parameter[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof description === 'string' && { description }),
    schema,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** The statuses that an operation may be refused with. */
function refusals(
  access: Operation['access'],
  named: boolean,
  hasBody: boolean,
  more: readonly number[],
): PathItem['responses'] {
  const statuses = [400, 401, 403, ...(named ? [404] : []), ...(hasBody ? [413, 415] : []), ...more]
  if (access === 'open' || access === 'admin' || access === 'tokens') statuses.push(409)
  return Object.fromEntries(
    [...new Set([...statuses, 429, 503])].sort((a, b) => a - b).map((status) => [status, refusal(status)]),
  )
}

function refusal(status: number): { $ref: string } {
  return { $ref: `#/components/responses/${status}` }
}

const CODES = Object.entries(ERRORS).map(([code, { status, title }]) => ({ code, status, title }))

const PROBLEM = {
  type: 'object',
  description: 'What went wrong (RFC 9457); `code` is stable.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { enum: CODES.map(({ code }) => code) },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } }
const RATE_LIMIT = {
  'RateLimit-Policy': { description: 'The limit: `"name";q=quota;w=seconds`.', schema: { type: 'string' } },
  RateLimit: { description: 'What is left of it: `"name";r=remaining;t=seconds`.', schema: { type: 'string' } },
}

const RESPONSES = Object.fromEntries(
  [...new Set(CODES.map(({ status }) => status))].map((status) => {
    const of = CODES.filter((code) => code.status === status)
    const headers = status === 429 ? { ...RETRY_AFTER, ...RATE_LIMIT } : status === 503 ? RETRY_AFTER : null
    const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    const description = of.map(({ code, title }) => `\`${code}\`: ${title}`).join('; ')
    return [status, { description, ...(headers && { headers }), content }]
  }),
)

const SECURITY_SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key (`yk_…`), a user’s token (JWT), or the token of a dashboard session.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'yayin_session',
    description: 'A dashboard session, of this origin alone.',
  },
  query: {
    type: 'apiKey',
    in: 'query',
    name: 'token',
    description: 'The same as `bearer`, where browsers can send no header: on the stream alone.',
  },
}
