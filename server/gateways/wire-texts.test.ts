import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outgoing } from '../hub/wire.ts'
import { chunkedWire, plainWire } from './sse/wire.ts'
import { webSocketWire } from './websocket/wire.ts'

const outgoing = fc.record({
  id: fc.option(fc.nat().map((offset) => `k3f9.${offset}`)),
  json: fc.dictionary(fc.string(), fc.oneof(fc.string({ maxLength: 300 }), fc.integer())).map((o) => JSON.stringify(o)),
})

describe.each([
  ['chunked events', chunkedWire],
  ['plain events', plainWire],
  ['WebSocket frames', webSocketWire],
])('the texts of %s', (_name, wire) => {
  it('are the messages that were written, in order', () => {
    const check = (messages: Outgoing[]) => {
      expect(wire.texts(wire.messages(messages))).toEqual(messages.map(({ json }) => json))
    }
    fc.assert(fc.property(fc.array(outgoing, { minLength: 1, maxLength: 5 }), check))
  })

  it('are whole when one is longer than short frames hold', () => {
    for (const length of [125, 126, 65_535, 65_536, 200_000]) {
      const json = JSON.stringify('x'.repeat(length))
      expect(wire.texts(wire.messages([{ id: null, json }]))).toEqual([json])
    }
  })

  it('leave out what carries none, such as a heartbeat', () => {
    expect(wire.texts(wire.heartbeat(null)!)).toEqual([])
  })
})
