import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SseParser } from '../../../tests/support/sse-parser.ts'
import { type JsonObject, RESERVED_TYPES } from '../../../shared/protocol.ts'
import { Delivery } from '../../hub/delivery.ts'
import { encodeBody, readDraft } from '../../hub/message.ts'
import { chunkedWire, LAST_CHUNK, plainWire } from './wire.ts'

const TIMESTAMP = '2026-11-20T22:24:00.123Z'

/** Takes off the framing of a chunked body (RFC 9112 §7.1) and refuses everything that is none. */
function unchunk(bytes: Buffer): Buffer {
  const data: Buffer[] = []
  for (let at = 0; at < bytes.length;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    const size = bytes.toString('latin1', at, lineEnd)
    if (lineEnd < 0 || !/^[0-9a-f]+$/.test(size)) throw new Error(`no chunk size: ${JSON.stringify(size)}`)
    const begin = lineEnd + 2
    const end = begin + Number.parseInt(size, 16)
    if (end === begin) throw new Error('the body ended')
    if (bytes.toString('latin1', end, end + 2) !== '\r\n') throw new Error('a chunk does not end where it says')
    data.push(bytes.subarray(begin, end))
    at = end + 2
  }
  return Buffer.concat(data)
}

/** The event stream's grammar of WHATWG HTML §9.2.5, which a reader forgives the violation of; here every frame is a block. */
const BLOCK = /^(?:(?::[^\r\n]*|(?:id|data|retry): [^\r\n]*)\n)+\n/

function expectGrammar(text: string): void {
  let rest = text
  while (rest !== '') {
    const block = BLOCK.exec(rest)
    if (!block) throw new Error(`no block of the event stream: ${JSON.stringify(rest.slice(0, 100))}`)
    rest = rest.slice(block[0].length)
  }
}

function parse(bytes: Buffer, cuts: readonly number[]): SseParser {
  const parser = new SseParser()
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  ends.forEach((end, i) => parser.push(bytes.subarray(ends[i - 1] ?? 0, end)))
  return parser
}

// What might end a line, a field, a frame, a chunk or a JSON text.
const NASTY = [
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\0',
  '\uFEFF',
  '\uD800',
  '\uDC00',
  '"',
  '\\',
  '}',
]
const FIELDS = ['event: x', 'id: 9', 'retry: 1', 'data: {}', ': x', '0\r\n\r\n', 'é', '🍵', ' ', 'a']
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...NASTY, ...FIELDS), { maxLength: 6 }).map((parts) => parts.join('')),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.double().map((n) => (Number.isFinite(n) ? n : 0)),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(text, tie('value'), { maxKeys: 3 }),
}))
const segment = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-.:'.split('')), minLength: 1, maxLength: 8 })
const channel = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'))
const reserved = fc.record({ id: value, timestamp: value, from: value }, { requiredKeys: [] })
const publish = fc.record({
  fields: fc.dictionary(text, value, { maxKeys: 5 }),
  reserved,
  channel,
  type: fc.option(
    text.filter((type) => !RESERVED_TYPES.has(type)),
    { nil: undefined },
  ),
  from: fc.option(text, { nil: null }),
  logged: fc.boolean(),
})

/** What a subscriber has to get: the publisher's fields, and the server's over them. */
function expected({ fields, channel, type, from }: Publish, id: string | null): JsonObject {
  const { id: _id, channel: _channel, timestamp: _timestamp, type: _type, from: _from, ...own } = fields
  return {
    ...(JSON.parse(JSON.stringify(own)) as JsonObject),
    ...(id !== null && { id }),
    channel,
    timestamp: TIMESTAMP,
    type: type ?? 'message',
    ...(from !== null && { from }),
  }
}

type Publish = typeof publish extends fc.Arbitrary<infer T> ? T : never

function deliver(one: Publish, offset: number): Delivery {
  const { type: _type, ...fields } = one.fields
  // The publisher's text, as it comes in: every key is one of its own, `__proto__` too.
  const message = {
    ...fields,
    ...one.reserved,
    channel: one.channel,
    ...(one.type !== undefined && { type: one.type }),
  }
  const draft = readDraft(JSON.parse(JSON.stringify(message)))
  return new Delivery(draft.channel, encodeBody(draft, TIMESTAMP, one.from), null, offset, one.logged ? 'k3f9' : null)
}

describe.each([
  { name: 'chunked', wire: chunkedWire, bodyOf: unchunk },
  { name: 'plain', wire: plainWire, bodyOf: (bytes: Buffer) => bytes },
])('the $name form', ({ wire, bodyOf }) => {
  it('brings each message as one event and nothing else, whatever it holds and wherever the bytes are cut', () => {
    const batches = fc.array(fc.array(publish, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(batches, fc.array(fc.nat(5000), { maxLength: 8 }), (published, cuts) => {
        let offset = 0
        const deliveries = published.map((batch) => batch.map((one) => deliver(one, ++offset)))
        const body = bodyOf(Buffer.concat(deliveries.map((batch) => wire.messages(batch))))
        expectGrammar(body.toString())
        const parser = parse(body, cuts)
        let lastEventId = ''
        const events = published.flat().map((one, i) => {
          const id = one.logged ? `k3f9.${i + 1}` : null
          lastEventId = id ?? lastEventId
          return { type: 'message', data: expected(one, id), lastEventId }
        })
        const got = parser.events.map((event) => ({ ...event, data: JSON.parse(event.data) as unknown }))
        expect(got).toEqual(events)
        expect([parser.comments, parser.retryMs, parser.lastEventId]).toEqual([[], null, lastEventId])
      }),
      { numRuns: 400 },
    )
  })

  it('brings a frame of the server as one event that moves position and reconnection time', () => {
    fc.assert(
      fc.property(fc.dictionary(text, value), (fields) => {
        const body = bodyOf(wire.frame({ type: 'connected', ...fields }, { id: 'e.7', retryMs: 1234 }))
        expectGrammar(body.toString())
        const { events, retryMs, comments } = parse(body, [])
        const data = JSON.stringify({ type: 'connected', ...fields })
        expect(events).toEqual([{ type: 'message', data, lastEventId: 'e.7' }])
        expect([retryMs, comments]).toEqual([1234, []])
      }),
    )
  })

  it('sends neither id nor retry when a frame has none', () => {
    expect(bodyOf(wire.frame({ a: 1 })).toString()).toBe('data: {"a":1}\n\n')
  })

  it('moves the position without an event when it beats', () => {
    const parser = parse(
      bodyOf(Buffer.concat([wire.heartbeat('e.3')!, wire.heartbeat(null)!, wire.position('e.4')!])),
      [],
    )
    expect([parser.events, parser.comments, parser.lastEventId]).toEqual([[], ['', ''], 'e.4'])
    expect(parse(bodyOf(wire.heartbeat('e.3')!), []).lastEventId).toBe('e.3')
  })
})

it('ends a chunked body with the last chunk', () => {
  expect(LAST_CHUNK.toString()).toBe('0\r\n\r\n')
})

it('has an index of its own for each form', () => {
  expect(chunkedWire.index).not.toBe(plainWire.index)
})
