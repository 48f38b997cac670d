import type { Random } from './random.ts'

/** Somebody who uses the shop, watches the match or talks. */
export interface Person {
  sub: string
  name: string
  /** An address out of the blocks that papers use (RFC 5737, RFC 3849). */
  ip: string
  userAgent: string
}

const FIRST_NAMES = (
  'Ayşe Mehmet Zeynep Emre Elif Can Deniz Ece Burak Selin Kerem Derya Onur İrem Mert Ceren Ozan Naz Barış Defne ' +
  'Emma Liam Sofia Noah Mia Lukas Chloé Matteo Hannah Oliver Ingrid Pedro Yuki Amara Noor Iván Freya Tomás Leila Hugo'
).split(' ')
const LAST_NAMES = (
  'Yılmaz Kaya Demir Şahin Çelik Yıldız Aydın Öztürk Arslan Doğan Kılıç Aslan Çetin Koç Kurt Özkan Şimşek Polat ' +
  'Schmidt Rossi García Novak Jensen Dubois Andersson Silva Tanaka Okafor Kowalski Murphy Horvat Nielsen Costa Weber'
).split(' ')

/** The browsers of today, the common ones more often. */
const USER_AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
] as const

/** Makes up somebody: who they are follows from `number`, the rest from chance. */
export function createPerson(number: number, random: Random): Person {
  const first = random.pick(FIRST_NAMES)
  return {
    sub: `u_${(4100 + number).toString(36)}${random.between(36, 1295).toString(36)}`,
    name: `${first} ${random.pick(LAST_NAMES)}`,
    ip: addressOf(random),
    userAgent: random.pick(USER_AGENTS),
  }
}

function addressOf(random: Random): string {
  if (random.chance(0.2)) {
    const group = () => random.between(1, 65_535).toString(16)
    return `2001:db8:${group()}:${group()}::${group()}`
  }
  return `${random.pick(['192.0.2', '198.51.100', '203.0.113'])}.${random.between(1, 254)}`
}
