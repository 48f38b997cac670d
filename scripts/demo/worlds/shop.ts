import type { Random } from '../random.ts'
import type { Happening, World } from './world.ts'

interface Product {
  sku: string
  name: string
  price: number
  left: number
}

const PRODUCTS = (
  [
    ['KTL-210', 'Copper kettle, 1.2 l', 64.9],
    ['CEZ-004', 'Cezve for two, hammered', 32.5],
    ['TEA-118', 'Rize black tea, 500 g', 11.9],
    ['CUP-606', 'Porcelain cups, set of 6', 44],
    ['LMP-031', 'Reading lamp, brass', 89],
    ['RUG-077', 'Kilim runner, 80 × 200 cm', 240],
    ['TWL-012', 'Peshtemal, cotton', 24.9],
    ['OIL-050', 'Early harvest olive oil, 750 ml', 18.4],
    ['BRD-009', 'Walnut chopping board', 39.5],
    ['SOP-022', 'Laurel soap, pack of 4', 12.8],
  ] as const
).map(([sku, name, price]): Product => ({ sku, name, price, left: 40 }))

const CITIES = ['İstanbul', 'Ankara', 'İzmir', 'Bursa', 'Berlin', 'Vienna', 'Rotterdam', 'Lyon', 'Malmö'] as const
const CARRIERS = ['Yurtiçi', 'DHL', 'PTT', 'GLS', 'PostNL'] as const
/** Orders on their way; older ones have arrived. */
const OPEN_ORDERS = 60

interface Order {
  orderId: number
  total: number
  step: number
}

/** A shop for the house: orders that are placed, paid and shipped, stock that goes down, prices that move. */
export function createShop(): World {
  const orders: Order[] = []
  let lastOrder = 104_200

  function place(random: Random): Happening[] {
    const items = Array.from({ length: random.between(1, 3) }, () => {
      const product = random.pick(PRODUCTS)
      return { product, quantity: random.between(1, 2) }
    })
    const total = round(items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0))
    const order = { orderId: ++lastOrder, total, step: 0 }
    orders.push(order)
    if (orders.length > OPEN_ORDERS) orders.shift()
    const lines = items.map(({ product, quantity }) => ({ sku: product.sku, quantity, price: product.price }))
    const city = random.pick(CITIES)
    const placed = { type: 'order_placed', orderId: order.orderId, items: lines, total, currency: 'EUR', city }
    return [
      { channel: 'shop/orders', message: placed },
      ...items.map(({ product, quantity }) => take(product, quantity)),
    ]
  }

  function take(product: Product, quantity: number): Happening {
    product.left -= quantity
    const restocked = product.left < 3
    if (restocked) product.left += 40
    const { sku, name, left } = product
    const type = restocked ? 'restocked' : left < 8 ? 'stock_low' : 'stock_changed'
    return { channel: `public/shop/stock/${sku}`, message: { type, sku, name, left } }
  }

  function advance(random: Random): Happening[] {
    const open = orders.filter(({ step }) => step < 3)
    if (open.length === 0) return place(random)
    const order = random.pick(open)
    order.step++
    const { orderId, total } = order
    const tracking = `TR${random.between(10_000_000, 99_999_999)}`
    const steps = [
      { type: 'order_paid', orderId, total, currency: 'EUR', method: random.pick(['card', 'wallet', 'transfer']) },
      { type: 'order_packed', orderId, warehouse: random.pick(['Gebze', 'Rotterdam']) },
      { type: 'order_shipped', orderId, carrier: random.pick(CARRIERS), tracking },
    ]
    return steps.slice(order.step - 1, order.step).map((message) => ({ channel: 'shop/orders', message }))
  }

  function reprice(random: Random): Happening[] {
    const product = random.pick(PRODUCTS)
    const was = product.price
    product.price = round(was * (random.chance(0.5) ? 0.9 : 1 / 0.9))
    const { sku, name, price } = product
    return [
      { channel: 'public/shop/prices', message: { type: 'price_changed', sku, name, price, was, currency: 'EUR' } },
    ]
  }

  return {
    name: 'shop',
    visitors: 0.5,
    messages: 0.4,
    visit(random) {
      const isStaff = random.chance(0.05)
      const stock = `public/shop/stock/${random.pick(PRODUCTS).sku}`
      return {
        channels: isStaff ? ['shop/orders', 'public/shop/**'] : ['broadcast', stock, 'public/shop/prices'],
        signedIn: isStaff || random.chance(0.45),
        publish: [],
        transport: random.chance(0.85) ? 'sse' : 'ws',
        presence: false,
      }
    },
    happen(random) {
      if (random.chance(0.08)) return reprice(random)
      return random.chance(0.35) ? place(random) : advance(random)
    },
  }
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100
}
