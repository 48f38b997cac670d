import { isIP } from 'node:net'
import { z } from 'zod'
import { isMount } from './auth/mount.ts'
import { parseNatsUrl } from './brokers/nats-address.ts'
import { parseRedisUrl } from './brokers/redis-url.ts'

/** One shape that an environment variable's text can have: how to read it, and what is allowed in words. */
export interface Shape<T> {
  schema: z.ZodType<T, string>
  allowed: string
  /** What of a wrong value must not be shown: all of it, or what comes after a URL's scheme. */
  hidden?: 'all' | 'after-scheme'
}

const hostName =
  /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*$/

/** A name or an address to listen on. */
export const host: Shape<string> = {
  schema: z.string().refine((text) => isIP(text) !== 0 || hostName.test(text)),
  allowed: 'a host name or an IP address, without a port',
}

export const port: Shape<number> = {
  schema: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((number) => number <= 65_535),
  allowed: 'a whole number from 0 to 65535; 0 picks a free port',
}

export const count: Shape<number> = {
  schema: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((number) => number >= 1 && number <= 128),
  allowed: 'a whole number from 1 to 128',
}

/** A time in seconds, kept in milliseconds. */
export const seconds: Shape<number> = {
  schema: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,3})?$/)
    .transform((value) => Math.round(Number(value) * 1000))
    .refine((ms) => ms <= 3_600_000),
  allowed: 'seconds from 0 to 3600, such as 3 or 0.5',
}

export const text: Shape<string> = { schema: z.string(), allowed: 'any text' }

export const secretText: Shape<string> = { schema: z.string(), allowed: 'any text that is not empty', hidden: 'all' }

/** A secret that travels in an HTTP header, which takes visible ASCII alone (RFC 9110 §5.5). */
export const headerSecret: Shape<string> = {
  schema: z.string().regex(/^[\x21-\x7e]+$/),
  allowed: 'letters, digits and signs of ASCII, without spaces',
  hidden: 'all',
}

export const email: Shape<string> = {
  schema: z.string().regex(/^[^\s@]+@[^\s@]+$/),
  allowed: 'an e-mail address',
}

export const word: Shape<string> = {
  schema: z.string().regex(/^[\w-]+$/),
  allowed: 'one word; development and test change behaviour, everything else is production',
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T): Shape<T[number]> {
  return { schema: z.enum(words), allowed: words.join(', ') }
}

/** An address with one of `schemes`; its text is kept as it was written. */
export function url(...schemes: string[]): Shape<string> {
  return {
    schema: z.string().refine((value) => hasScheme(value, schemes)),
    allowed: `an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    hidden: 'after-scheme',
  }
}

/** Servers of a NATS; their text is kept as it was written. */
export const natsUrl: Shape<string> = {
  schema: z.string().refine((value) => parseNatsUrl(value) !== null),
  allowed: 'an address that begins with nats:// or tls://; several are parted by commas',
  hidden: 'after-scheme',
}

/** A Redis, its sentinels, or a cluster; its text is kept as it was written. */
export const redisUrl: Shape<string> = {
  schema: z.string().refine((value) => parseRedisUrl(value) !== null),
  allowed:
    'redis://host:port/database, redis+sentinel://host:port,host:port/primary or redis+cluster://host:port,host:port; ' +
    'rediss for TLS',
  hidden: 'after-scheme',
}

export const keyPrefix: Shape<string> = {
  schema: z.string().regex(/^[\w.:-]{1,60}$/),
  allowed: 'up to 60 letters, digits and signs of _ . : -',
}

export const streamName: Shape<string> = {
  schema: z.string().regex(/^[\w-]{1,60}$/),
  allowed: 'up to 60 letters, digits and signs of _ -',
}

export const replicas: Shape<number> = {
  schema: z
    .string()
    .regex(/^[1-5]$/)
    .transform(Number),
  allowed: 'a whole number from 1 to 5',
}

function hasScheme(value: string, schemes: string[]): boolean {
  return !/\s/.test(value) && URL.canParse(value) && schemes.some((scheme) => value.startsWith(`${scheme}://`))
}

/** Where people reach the server; without a slash at the end, so that paths can be appended. */
export const publicUrl: Shape<string> = {
  schema: z
    .string()
    .refine((value) => hasScheme(value, ['http', 'https']))
    .transform((value) => new URL(value))
    .refine((address) => !address.username && !address.password && !address.search && !address.hash)
    .refine(({ pathname }) => isMount(pathname.replace(/\/+$/, '')))
    .transform((address) => address.href.replace(/\/+$/, '')),
  allowed:
    'an http:// or https:// address without a user, a query or a fragment, its path of letters, digits and ._~%-',
  hidden: 'after-scheme',
}

/** A list parted by commas; empty items are left out. */
export function listOf(item: (value: string) => boolean, allowed: string): Shape<readonly string[]> {
  return {
    schema: z
      .string()
      .transform((value) => Object.freeze([...new Set(split(value))]))
      .refine((items) => items.every(item)),
    allowed: `${allowed}, parted by commas`,
  }
}

function split(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** Tells whether `value` is a web origin in its serialized form (RFC 6454 §6.2), or `*`. */
export function isOrigin(value: string): boolean {
  return value === '*' || (/^https?:\/\//.test(value) && URL.canParse(value) && new URL(value).origin === value)
}

/** Tells whether `value` is an MQTT topic filter: `+` is one whole level, `#` the whole last one (MQTT 5 §4.7.1). */
export function isTopicFilter(value: string): boolean {
  const levels = value.split('/')
  return levels.every((level, i) => !/[+#]/.test(level) || level === '+' || (level === '#' && i === levels.length - 1))
}

/** A name of nodes that share messages: the middle of `$share/<name>/…` (MQTT 5 §4.8.2), and part of client ids. */
export const mqttGroup: Shape<string | null> = {
  schema: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,64}$/)
    .transform((name) => (name === '' ? null : name)),
  allowed: '1–64 letters, digits, - and _, or empty',
}

/** Tells whether `value` names a STUN (RFC 7064) or TURN server (RFC 7065) by one of `schemes`. */
export function isIceServer(value: string, schemes: readonly string[]): boolean {
  return (
    !/\s/.test(value) && schemes.some((scheme) => value.startsWith(`${scheme}:`) && value.length > scheme.length + 1)
  )
}

/** Which addresses beside the public internet's may be connected to. */
export const privateAddresses: Shape<{ all: boolean; networks: readonly string[] }> = {
  schema: z
    .string()
    .transform((value) => {
      const items = split(value)
      const networks = items.filter((item) => item !== 'allow' && item !== 'deny')
      return Object.freeze({ all: items.includes('allow'), networks: Object.freeze(networks) })
    })
    .refine(({ networks }) => networks.every(isNetwork)),
  allowed: 'deny, allow, or addresses and networks such as 10.1.0.0/16, parted by commas',
}

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal']

/** What Express takes as `trust proxy`. Trusting everybody is no choice: any client could then invent its address. */
export const trustProxy: Shape<false | number | string> = {
  schema: z
    .string()
    .transform((value) => {
      if (value === 'off' || value === 'false' || value === '0') return false
      return /^\d{1,2}$/.test(value) ? Number(value) : split(value).join(',')
    })
    .refine((value) => typeof value !== 'string' || (value !== '' && value.split(',').every(isProxy))),
  allowed: `off, the number of proxies in front, or their addresses (IP, CIDR, ${PROXY_NAMES.join(', ')}) parted by commas`,
}

function isProxy(value: string): boolean {
  return PROXY_NAMES.includes(value) || isNetwork(value)
}

/** Tells whether `value` is an IP address, or a network in CIDR notation. */
function isNetwork(value: string): boolean {
  const [address = '', bits, ...rest] = value.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
