import { expectTypeOf, it } from 'vitest'
import type { Client, Publishable, Received, State } from './index.ts'

interface Shop {
  order_paid: { total: number; currency?: string }
  order_sent: { carrier: string }
  message: { text: string }
}

declare const shop: Client<Shop>
declare const any: Client

it('knows the fields of each type when the app names its messages', () => {
  const listen = () => {
    shop.channel('orders/7').on('order_paid', (message) => {
      expectTypeOf(message.total).toEqualTypeOf<number>()
      expectTypeOf(message.type).toEqualTypeOf<'order_paid'>()
      expectTypeOf(message.id).toEqualTypeOf<string | undefined>()
      // @ts-expect-error a field of another type
      return message.carrier
    })
    // @ts-expect-error no such type
    shop.channel('orders/7').on('order_lost', () => {})
    shop.onMessage((message) => {
      if (message.type === 'order_sent') expectTypeOf(message.carrier).toEqualTypeOf<string>()
    })
  }
  expectTypeOf(listen).toBeFunction()
})

it('takes what the map allows when a message is published', () => {
  expectTypeOf<{ type: 'order_paid'; total: number }>().toExtend<Publishable<Shop>>()
  expectTypeOf<{ text: string }>().toExtend<Publishable<Shop>>()
  expectTypeOf<{ type: 'order_paid'; total: string }>().not.toExtend<Publishable<Shop>>()
  expectTypeOf<{ total: number }>().not.toExtend<Publishable<Shop>>()
})

it('lets every type and field through when the app names none', () => {
  const listen = () => {
    any.channel('orders').on('whatever', (message) => expectTypeOf(message['field']).toEqualTypeOf<unknown>())
    return any.channel('orders').publish({ text: 'hello' })
  }
  expectTypeOf(listen).toBeFunction()
  expectTypeOf<Received<Shop, 'message'>>().toHaveProperty('timestamp')
})

it('tells the states apart by their status', () => {
  expectTypeOf<Extract<State, { status: 'live' }>['transport']>().toEqualTypeOf<'sse' | 'ws'>()
  expectTypeOf<Extract<State, { status: 'retrying' }>['retryAt']>().toEqualTypeOf<number>()
})
