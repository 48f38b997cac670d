import { isPattern } from './channel.ts'

interface Common<T> {
  default: T
  description: string
  /** What the number counts, or the shape of the text. */
  unit?: string
}
interface IntegerSetting extends Common<number> {
  type: 'integer' | 'number'
  min: number
  max: number
}
interface BooleanSetting extends Common<boolean> {
  type: 'boolean'
}
interface ListSetting extends Common<string[]> {
  type: 'list'
  /** Says what is wrong with one item; null when nothing is. */
  check: (item: string) => string | null
}
export type SettingDefinition = IntegerSetting | BooleanSetting | ListSetting
export type SettingValue = number | boolean | string[]

const patternItem = (item: string) => (isPattern(item) ? null : `${item} is not a channel pattern`)
const stunItem = (item: string) =>
  /^stuns?:[^\s,]+$/.test(item) ? null : `${item} is not a STUN address such as stun:stun.example.org:3478`

/** Every setting of the server: its type, default, limits and words (contract §10). In force at once, without a restart. */
export const SETTINGS = {
  max_connections: {
    type: 'integer',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    unit: 'connections',
    description: 'Most connections that one node keeps open; above it newcomers get 503 and try again later.',
  },
  max_channels_per_connection: {
    type: 'integer',
    default: 128,
    min: 1,
    max: 10_000,
    unit: 'channels',
    description: 'Most channels and patterns that one connection follows.',
  },
  connect_rate_limit: {
    type: 'number',
    default: 1000,
    min: 0,
    max: 1_000_000,
    unit: 'connections/s',
    description:
      'New connections a second from one address, with a burst of ten times as many; 0 for no limit. ' +
      'Of an IPv6 address the first 64 bits count, this machine itself is not limited, ' +
      'and behind a proxy TRUST_PROXY has to tell the clients apart.',
  },
  heartbeat_interval: {
    type: 'number',
    default: 25,
    min: 1,
    max: 3600,
    unit: 's',
    description: 'How often an open stream gets a sign of life, which also moves its position forward.',
  },
  history_ttl: {
    type: 'number',
    default: 24,
    min: 0.001,
    max: 87_600,
    unit: 'h',
    description: 'How long messages are kept for resume, history and search.',
  },
  history_max_messages: {
    type: 'integer',
    default: 100_000,
    min: 1,
    max: 100_000_000,
    unit: 'messages',
    description: 'How many messages are kept for resume, history and search.',
  },
  message_max_bytes: {
    type: 'integer',
    default: 65_536,
    min: 64,
    max: 16_777_216,
    unit: 'bytes',
    description: 'Largest message accepted, as JSON text in UTF-8.',
  },
  replay_max_messages: {
    type: 'integer',
    default: 10_000,
    min: 1,
    max: 10_000_000,
    unit: 'messages',
    description: 'Most missed messages that a returning connection is sent; of more, the newest.',
  },
  slow_consumer_max_bytes: {
    type: 'integer',
    default: 1_048_576,
    min: 16_384,
    max: 1_073_741_824,
    unit: 'bytes',
    description: 'How far a reader may fall behind before it is closed, to resume from its last position.',
  },
  publish_rate_limit: {
    type: 'number',
    default: 0,
    min: 0,
    max: 1_000_000,
    unit: 'messages/s',
    description: 'Messages a second that one key, user or admin may publish, a second’s worth at once; 0 for no limit.',
  },
  client_rate_limit: {
    type: 'number',
    default: 50,
    min: 1,
    max: 100_000,
    unit: 'frames/s',
    description: 'Frames a second that one client may send, with a burst of twice as many.',
  },
  anonymous_access: {
    type: 'boolean',
    default: true,
    description: 'Whether callers without a token may subscribe to the public channels.',
  },
  public_channels: {
    type: 'list',
    default: ['broadcast', 'public/**'],
    unit: 'patterns',
    check: patternItem,
    description: 'Channels that anyone may subscribe to while anonymous access is on.',
  },
  guest_rooms: {
    type: 'boolean',
    default: false,
    description: 'Whether anyone may open a video room.',
  },
  room_idle_minutes: {
    type: 'number',
    default: 60,
    min: 0.05,
    max: 525_600,
    unit: 'min',
    description: 'How long a video room that nobody is in stays open.',
  },
  room_away_seconds: {
    type: 'number',
    default: 15,
    min: 3,
    max: 600,
    unit: 's',
    description: 'How long a participant of a video room whose connection is gone keeps the place.',
  },
  log_retention_days: {
    type: 'number',
    default: 30,
    min: 0.01,
    max: 3650,
    unit: 'days',
    description: 'How long the event log is kept.',
  },
  stun_urls: {
    type: 'list',
    default: ['stun:stun.l.google.com:19302'],
    unit: 'addresses',
    check: stunItem,
    description:
      'STUN servers that browsers in a video room are told of; the environment’s STUN_URLS gives the default.',
  },
} as const satisfies Record<string, SettingDefinition>

export type SettingKey = keyof typeof SETTINGS
type Widen<T> = T extends number ? number : T extends boolean ? boolean : string[]

/** The settings in force, by key. */
export type SettingValues = { [K in SettingKey]: Widen<(typeof SETTINGS)[K]['default']> }

/** The settings as they stand now; `values` is always current, listeners hear of a change after it took effect. */
export interface LiveSettings {
  readonly values: Readonly<SettingValues>
  /** Calls `listener` after each change with the key that changed; returns how to stop. */
  onChange(listener: (key: SettingKey) => void): () => void
}

/** Tells whether `key` is one of the server's settings. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key)
}

/** Returns each setting's default. */
export function defaultSettings(): SettingValues {
  const values = Object.entries(SETTINGS).map(([key, s]) => [
    key,
    Array.isArray(s.default) ? [...s.default] : s.default,
  ])
  return Object.fromEntries(values) as SettingValues
}

export type ParsedSetting = { ok: true; value: SettingValue } | { ok: false; allowed: string }

/** Reads a value for `key` from its typed or its string form; a list's string form is parted by commas, or JSON. */
export function parseSetting(key: SettingKey, input: unknown): ParsedSetting {
  const definition: SettingDefinition = SETTINGS[key]
  if (definition.type === 'boolean') return parseBoolean(input)
  if (definition.type === 'list') return parseList(definition, input)
  return parseNumber(definition, input)
}

function parseBoolean(input: unknown): ParsedSetting {
  if (input === true || input === 'true') return { ok: true, value: true }
  if (input === false || input === 'false') return { ok: true, value: false }
  return { ok: false, allowed: 'true or false' }
}

function parseNumber(definition: IntegerSetting, input: unknown): ParsedSetting {
  const { type, min, max, unit } = definition
  const allowed = `${type === 'integer' ? 'a whole number' : 'a number'} from ${min} to ${max}${unit ? ` (${unit})` : ''}`
  const text = typeof input === 'string' ? input.trim() : null
  const value = text === null ? input : /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN
  if (typeof value !== 'number' || !Number.isFinite(value)) return { ok: false, allowed }
  if (type === 'integer' && !Number.isInteger(value)) return { ok: false, allowed }
  return value >= min && value <= max ? { ok: true, value } : { ok: false, allowed }
}

function parseList(definition: ListSetting, input: unknown): ParsedSetting {
  const allowed = `a list of ${definition.unit ?? 'words'}, as an array or parted by commas`
  const items = typeof input === 'string' ? listFromText(input) : input
  if (!Array.isArray(items) || items.length > 100) return { ok: false, allowed }
  if (!items.every((item): item is string => typeof item === 'string')) return { ok: false, allowed }
  const fault = items.map((item) => definition.check(item)).find((problem) => problem !== null)
  return fault === undefined ? { ok: true, value: [...new Set(items)] } : { ok: false, allowed: `${allowed}; ${fault}` }
}

function listFromText(text: string): unknown {
  if (text.trimStart().startsWith('[')) {
    try {
      return JSON.parse(text)
    } catch {
      return null
    }
  }
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
