import { expect, it } from 'vitest'
import { type Arrival, Redelivery } from './redelivery.ts'

const arrival = (fields: Partial<Arrival> = {}): Arrival => {
  return { messageId: 7, dup: false, topic: 'a', payload: Buffer.from('{}'), ...fields }
}
const again = (fields: Partial<Arrival> = {}) => arrival({ dup: true, ...fields })

it('knows a message again when its repetition is marked as one', async () => {
  const redelivery = new Redelivery()
  const done = Promise.resolve()
  redelivery.keep(arrival(), done)
  expect(redelivery.recall(again())).toBe(done)
})

it('takes a message for a new one when it is not the very same', () => {
  const redelivery = new Redelivery()
  redelivery.keep(arrival(), Promise.resolve())
  expect(redelivery.recall(arrival())).toBeNull()
  expect(redelivery.recall(again({ messageId: 8 }))).toBeNull()
  expect(redelivery.recall(again({ topic: 'b' }))).toBeNull()
  expect(redelivery.recall(again({ payload: Buffer.from('[]') }))).toBeNull()
  redelivery.clear()
  expect(redelivery.recall(again())).toBeNull()
})

it('keeps the newest few thousand', () => {
  const redelivery = new Redelivery()
  for (let messageId = 1; messageId <= 5000; messageId++) redelivery.keep(arrival({ messageId }), Promise.resolve())
  expect(redelivery.recall(again({ messageId: 1 }))).toBeNull()
  expect(redelivery.recall(again({ messageId: 5000 }))).not.toBeNull()
})
