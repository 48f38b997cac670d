import type { CloseReason, Connection, ConnectionOptions } from '../../server/hub/connection.ts'
import { Hub } from '../../server/hub/hub.ts'
import type { HubObserver } from '../../server/hub/hub-observer.ts'
import type { LogEntry } from '../../server/brokers/broker.ts'
import { defaultSettings, type SettingKey, type SettingValues } from '../../shared/settings.ts'
import { connectionOptions, type TestConnection } from './connection.ts'
import { MemoryLog } from './memory-log.ts'

/** Settings whose changes reach their listeners at once. */
export class TestSettings {
  readonly values: SettingValues
  readonly listeners = new Set<(key: SettingKey) => void>()

  constructor(given: Partial<SettingValues> = {}) {
    this.values = { ...defaultSettings(), ...given }
  }

  onChange(listener: (key: SettingKey) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  set<K extends SettingKey>(key: K, value: SettingValues[K]): void {
    this.values[key] = value
    for (const listener of this.listeners) listener(key)
  }
}

/** A hub over a log in memory, with what its observer heard. */
export interface TestHub {
  hub: Hub
  log: MemoryLog
  settings: TestSettings
  heard: { disconnected: [string, CloseReason][]; replayFailed: unknown[] }
  /** Connects and returns the connection with what it is sent. */
  connect(given?: Partial<ConnectionOptions>, lastEventId?: string | null): TestConnection & { connection: Connection }
  /** Publishes `{n}` for each number to one channel, in one append. */
  publish(channel: string, ...numbers: number[]): Promise<number>
}

/** Starts a hub; the caller stops it. */
export async function startHub(values: Partial<SettingValues> = {}, log = new MemoryLog()): Promise<TestHub> {
  const settings = new TestSettings(values)
  const heard: TestHub['heard'] = { disconnected: [], replayFailed: [] }
  const observer: HubObserver = {
    connected: () => undefined,
    disconnected: (connection, reason) => void heard.disconnected.push([connection.id, reason]),
    changed: () => undefined,
    foreign: () => undefined,
    replayFailed: (_connection, error) => void heard.replayFailed.push(error),
  }
  const hub = new Hub({ broker: log, history: log, settings, observer })
  await hub.start()
  return {
    hub,
    log,
    settings,
    heard,
    connect(given = {}, lastEventId = null) {
      const made = connectionOptions(given)
      return { ...made, connection: hub.connect(made.options, lastEventId) }
    },
    async publish(channel, ...numbers) {
      const first = await hub.append({ messages: numbers.map((n) => newMessage(channel, n)), idempotent: null })
      // Publishers are answered before connections are written to.
      await turn()
      return first
    },
  }
}

/** A message on its way into the log, whose own field is `n`. */
export function newMessage(channel: string, n: number, exclude: string | null = null) {
  const body = JSON.stringify({ channel, timestamp: '2026-01-01T00:00:00.000Z', type: 'message', n })
  return { channel, type: 'message', sender: null, timestampMs: 0, body, exclude, acceptedAtMs: 0, recipients: 0 }
}

/** An entry of the log, as history reads it. */
export function logEntry(offset: number, channel = 'a', exclude: string | null = null): LogEntry {
  return { offset, channel, body: newMessage(channel, offset).body, exclude, source: null }
}

/** Lets everything that is ready run: promises, then what was put off to the end of the turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
