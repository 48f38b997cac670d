import { expect, it } from 'vitest'
import { placeOf } from './nats-pull.ts'

const time = new Date('2026-11-21T08:06:36.172Z')
const nanoseconds = '1795248396172887933'

it('reads sequence and time of a message, with and without a domain', () => {
  expect(placeOf(`$JS.ACK.yayin.reader.1.2048.7.${nanoseconds}.3`)).toEqual({ seq: 2048, time })
  expect(placeOf(`$JS.ACK.hub.a1b2.yayin.reader.1.2048.7.${nanoseconds}.3.r4nd`)).toEqual({ seq: 2048, time })
})
