import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SseParser } from './sse-parser.ts'

function parse(...chunks: (string | Uint8Array)[]): SseParser {
  const parser = new SseParser()
  for (const chunk of chunks) parser.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return parser
}

const dataOf = (stream: string) => parse(stream).events.map((event) => event.data)

// The examples of WHATWG HTML §9.2.6.
it.each<[string, string, string[]]>([
  ['joins lines when data comes in several', 'data: YHOO\ndata: +2\ndata: 10\n\n', ['YHOO\n+2\n10']],
  ['dispatches empty data when the field stands alone', 'data\n\ndata\ndata\n\ndata:', ['', '\n']],
  [
    'takes off one space only when there are several',
    'data:test\n\ndata: test\n\ndata:  test\n\n',
    ['test', 'test', ' test'],
  ],
  ['drops the last block when the stream ends in it', 'data: a\n\ndata: b\n', ['a']],
  ['ends lines at CR, LF and CRLF when they are mixed', 'data: a\r\rdata: b\r\n\r\ndata: c\n\n', ['a', 'b', 'c']],
  ['skips a byte order mark when it leads', '\uFEFFdata: a\n\n', ['a']],
  ['knows no field by that name when a mark stands in mid-stream', 'data: a\n\n\uFEFFdata: b\n\n', ['a']],
  ['ignores a field when it is unknown', 'Data: a\nfoo: b\ndata: c\n\n', ['c']],
])('%s', (_name, stream, data) => {
  expect(dataOf(stream)).toEqual(data)
})

it('keeps the id when later blocks name none, and resets it when one is empty', () => {
  const { events } = parse('id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n')
  expect(events.map((event) => event.lastEventId)).toEqual(['1', '1', ''])
})

it('moves the id without an event when a block has no data', () => {
  const parser = parse('data: a\nid: 1\n\nid: 2\n\n')
  expect([parser.events.length, parser.lastEventId]).toEqual([1, '2'])
})

it('leaves the id alone when the block is not finished or the id holds NUL', () => {
  expect(parse('id: 1\n\nid: 2\n').lastEventId).toBe('1')
  expect(parse('id: 1\n\nid: 2\0\n\n').lastEventId).toBe('1')
})

it('takes retry when it is digits only', () => {
  expect(parse('retry: 2000\nretry: 5s\nretry: -1\n').retryMs).toBe(2000)
})

it('reads the same when the bytes are cut anywhere', () => {
  const stream = Buffer.from('\uFEFF: ş\r\nid: 1\r\ndata: çay 🍵\r\n\r\nevent: x\rdata: b\r\rretry: 7\n\n')
  const whole = parse(stream)
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 6 }), (cuts) => {
      const ends = [...cuts.toSorted((a, b) => a - b), stream.length]
      const cut = parse(...ends.map((end, i) => stream.subarray(ends[i - 1] ?? 0, end)))
      expect([cut.events, cut.comments, cut.retryMs]).toEqual([whole.events, whole.comments, whole.retryMs])
    }),
  )
})
