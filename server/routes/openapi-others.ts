import type { Papers, PathItem } from './openapi.ts'

/*
 * The addresses that are no operations of the API: they answer something else than JSON, or are asked by machines.
 */

const ANYBODY: PathItem['security'] = [{}, { bearer: [] }, { session: [] }]
const problem = (status: number) => ({ $ref: `#/components/responses/${status}` })

const events: PathItem = {
  operationId: 'get-events',
  tags: ['events'],
  summary: 'Opens a stream of messages: Server-Sent Events (WHATWG HTML §9.2), resumed by the browser itself.',
  security: [...ANYBODY, { query: [] }],
  parameters: [
    {
      name: 'channel',
      in: 'query',
      required: false,
      description: 'A channel or pattern to follow; repeated for several; `broadcast` if absent.',
      schema: { type: 'array', items: { type: 'string' } },
    },
    {
      name: 'lastEventId',
      in: 'query',
      required: false,
      description: 'The position to go on from.',
      schema: { type: 'string' },
    },
    {
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The same; wins over `lastEventId`.',
      schema: { type: 'string' },
    },
    {
      name: 'presence',
      in: 'query',
      required: false,
      description: 'Whether comings and goings on these channels are told too.',
      schema: { enum: ['0', '1'], default: '0' },
    },
  ],
  responses: {
    200: { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    204: { description: 'Kicked, and not to come again for a minute' },
    400: problem(400),
    401: problem(401),
    403: problem(403),
    429: problem(429),
    503: problem(503),
  },
}

const healthz: PathItem = {
  operationId: 'get-healthz',
  tags: ['health'],
  summary: 'Answers while the process lives.',
  security: [{}],
  responses: { 200: { description: 'Alive', content: json({ status: { const: 'ok' } }) } },
}

const ready = json({
  status: { enum: ['ready', 'unavailable'] },
  away: { type: 'array', items: { type: 'string' } },
  parts: { type: 'object', additionalProperties: { enum: ['ok', 'away'] } },
})
const readyz: PathItem = {
  operationId: 'get-readyz',
  tags: ['health'],
  summary: 'Tells whether all that the server needs is there.',
  security: [{}],
  responses: {
    200: { description: 'Ready', content: ready },
    503: { description: 'Something is away, named in `away`', content: ready },
  },
}

const metrics: PathItem = {
  operationId: 'get-metrics',
  tags: ['health'],
  summary: 'Shows the server’s figures as Prometheus text.',
  security: [{ bearer: [] }, { session: [] }],
  responses: {
    200: { description: 'The figures', content: { 'text/plain': { schema: { type: 'string' } } } },
    401: problem(401),
    403: problem(403),
  },
}

function json(properties: Record<string, unknown>) {
  return { 'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } } }
}

export const OTHER_PATHS: Papers['paths'] = {
  '/api/events': { get: events },
  '/healthz': { get: healthz },
  '/readyz': { get: readyz },
  '/metrics': { get: metrics },
}
