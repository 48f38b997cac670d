import { headers, type MsgHdrs } from '@nats-io/transport-node'
import type { Append, LogEntry } from './broker.ts'

/** Where a group's messages lie, and of which epoch they are. */
export interface RecordPlace {
  epoch: string
  /** The epoch began after this offset. */
  floor: number
  /** Offset just before the group's first message. */
  before: number
  /** How many messages it has; they follow without a hole. */
  count: number
}

/** A key that part of a group was published with, and the index of that part's first message. */
export interface RecordKey {
  key: string
  index: number
}

/** What the head of one of the stream's messages says of the group in it. */
export interface RecordHead extends RecordPlace {
  /** No other group has it; by it NATS knows one that was sent twice. */
  id: string
  keys: RecordKey[]
  /** Sequences of the stream's messages that hold what comes before this one's data, in their order. */
  parts: number[]
}

/** A first answer as a group keeps it. */
export interface RecordAnswer {
  key: string
  answer: string
  index: number
}

/** What a group holds. */
export interface RecordBody {
  entries: Omit<LogEntry, 'offset' | 'source'>[]
  answers: RecordAnswer[]
}

const ID = 'Nats-Msg-Id'
const PLACE = 'Yayin-Place'
const KEYS = 'Yayin-Keys'
const PARTS = 'Yayin-Parts'

/** Writes a head as headers; keys are of letters that need no escape. */
export function encodeHead({ id, epoch, floor, before, count, keys, parts }: RecordHead): MsgHdrs {
  const written = headers()
  written.set(ID, id)
  written.set(PLACE, `${epoch} ${floor} ${before} ${count}`)
  if (keys.length > 0) written.set(KEYS, keys.map(({ key, index }) => `${key}@${index}`).join())
  if (parts.length > 0) written.set(PARTS, parts.join())
  return written
}

/** Reads a head; null for a message that holds no group, or not a whole one. */
export function decodeHead(read: MsgHdrs | undefined): RecordHead | null {
  const place = /^([a-z0-9]+) (\d+) (\d+) (\d+)$/.exec(read?.get(PLACE) ?? '')
  if (!read || place === null) return null
  const [floor, before, count] = place.slice(2).map(Number) as [number, number, number]
  const keys = listOf(read.get(KEYS)).map((item) => {
    const at = item.lastIndexOf('@')
    return { key: item.slice(0, at), index: Number(item.slice(at + 1)) }
  })
  return { id: read.get(ID), epoch: place[1]!, floor, before, count, keys, parts: listOf(read.get(PARTS)).map(Number) }
}

function listOf(text: string): string[] {
  return text === '' ? [] : text.split(',')
}

/** Writes a group of appends as one text. */
export function encodeBody(group: readonly Append[]): Buffer {
  const entries = group.flatMap(({ messages }) => messages.map((one) => [one.channel, one.body, one.exclude]))
  const answers: [string, string, number][] = []
  let index = 0
  for (const { messages, idempotent } of group) {
    if (idempotent) answers.push([idempotent.key, idempotent.answer, index])
    index += messages.length
  }
  return Buffer.from(JSON.stringify([entries, answers]))
}

/** Reads a group's text. */
export function decodeBody(data: Uint8Array): RecordBody {
  const [entries, answers] = JSON.parse(Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString()) as [
    [string, string, string | null][],
    [string, string, number][],
  ]
  return {
    entries: entries.map(([channel, body, exclude]) => ({ channel, body, exclude })),
    answers: answers.map(([key, answer, index]) => ({ key, answer, index })),
  }
}

/** Gives a group's messages their offsets. */
export function entriesOf({ before }: RecordPlace, { entries }: RecordBody): LogEntry[] {
  return entries.map((entry, i) => ({ offset: before + i + 1, ...entry, source: null }))
}

/** Prefix of the keys that scheduled messages are known by; idempotency keys are of hexadecimal digits. */
const SCHEDULED = 's:'

/** The keys that an append must not share with one before it. */
export function keysOf({ idempotent, scheduled = [] }: Append): string[] {
  return [...(idempotent ? [idempotent.key] : []), ...scheduled.map((id) => `${SCHEDULED}${id}`)]
}

/** Tells whether a key is of a scheduled message. */
export function isScheduled(key: string): boolean {
  return key.startsWith(SCHEDULED)
}

/** The keys of a group, each with the index of its append's first message. */
export function placeKeys(group: readonly Append[]): RecordKey[] {
  const keys: RecordKey[] = []
  let index = 0
  for (const append of group) {
    for (const key of keysOf(append)) keys.push({ key, index })
    index += append.messages.length
  }
  return keys
}
