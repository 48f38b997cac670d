import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { SettingInfo } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { serverSettings } from '../../shared/schema.ts'
import {
  defaultSettings,
  isSettingKey,
  type LiveSettings,
  parseSetting,
  type SettingKey,
  SETTINGS,
  type SettingValue,
  type SettingValues,
} from '../../shared/settings.ts'
import { checkAppSetting, isAppKey, unknownSetting } from './app-settings.ts'
import type { Db } from './database.ts'
import { describeAppSetting, describeSetting, type SettingRow } from './setting-info.ts'
import { storableText } from './storable.ts'

/** Who changes a setting, and why. */
export interface SettingChange {
  /** Replaces the description of old; left out, that stays. */
  description?: string
  actor: string
}

/** The settings in force, and the table that they are kept in. */
export interface SettingsStore extends LiveSettings {
  /** Puts the stored settings in force; rows that an older version wrote and this one does not take count as absent. */
  load(): Promise<void>
  /** Lists the server's settings in the order of their definition, then the user's own by key. */
  list(): SettingInfo[]
  /**
   * Stores a value and puts it in force. Throws `invalid` with what is allowed, `unknown_setting` with the known keys.
   * A server's setting may come typed or in its string form; an `app.*` key keeps any JSON.
   */
  set(key: string, value: unknown, change: SettingChange): Promise<{ setting: SettingInfo; old: unknown }>
  /** Takes a stored value away: a server's setting has its default again. Throws `unknown_setting`, `not_found`. */
  remove(key: string): Promise<{ old: unknown }>
}

export interface SettingsParts {
  db: Db
  /** Hears of each change that was stored here, for the other nodes. */
  onStored?: () => void
  /** Defaults that differ from the definition's. */
  defaults?: Partial<SettingValues>
}

/** Opens the settings, with their defaults in force until `load`. */
export function createSettings({ db, onStored, defaults: given = {} }: SettingsParts): SettingsStore {
  const defaults: SettingValues = { ...defaultSettings(), ...given }
  const values: SettingValues = structuredClone(defaults)
  const rows = new Map<string, SettingRow>()
  const listeners = new Set<(key: SettingKey) => void>()
  let last: Promise<unknown> = Promise.resolve()

  function apply(key: SettingKey, value: SettingValue): void {
    if (JSON.stringify(values[key]) === JSON.stringify(value)) return
    Object.assign(values, { [key]: value })
    for (const listener of listeners) listener(key)
  }

  function describe(key: string): SettingInfo {
    return isSettingKey(key)
      ? describeSetting(key, values[key], defaults[key], rows.get(key))
      : describeAppSetting(rows.get(key)!)
  }

  async function load(): Promise<void> {
    rows.clear()
    for (const row of await db.select(COLUMNS).from(serverSettings)) rows.set(row.key, row)
    for (const key of settingKeys()) {
      const row = rows.get(key)
      const parsed = row && parseSetting(key, row.value)
      apply(key, parsed?.ok ? parsed.value : structuredClone(defaults[key]))
    }
  }

  async function store(key: string, value: unknown, { actor, description }: SettingChange) {
    const old = isSettingKey(key) ? values[key] : (rows.get(key)?.value ?? null)
    const row = await upsert(db, { key, value, updatedBy: actor, ...(description !== undefined && { description }) })
    rows.set(key, row)
    if (isSettingKey(key)) apply(key, value as SettingValue)
    onStored?.()
    return { setting: describe(key), old }
  }

  async function remove(key: string) {
    if (!isSettingKey(key) && !isAppKey(key)) throw unknownSetting(key)
    const row = rows.get(key)
    if (row === undefined && isAppKey(key)) throw new YayinError('not_found', `there is no setting ${key}`)
    const old = isSettingKey(key) ? values[key] : row?.value
    await db.delete(serverSettings).where(eq(serverSettings.key, key))
    rows.delete(key)
    if (isSettingKey(key)) apply(key, structuredClone(defaults[key]))
    onStored?.()
    return { old }
  }

  /** Lets one change after the other through, so that what is in force is what was stored last. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  return {
    values,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load: () => inTurn(load),
    list: () => [...settingKeys(), ...[...rows.keys()].filter(isAppKey).sort()].map(describe),
    async set(key, value, change) {
      const checked = checkSetting(key, value)
      if (change.description !== undefined && storableText(change.description) !== change.description) {
        throw new YayinError('invalid', 'description holds characters that cannot be stored, such as U+0000')
      }
      return inTurn(() => store(key, checked, change))
    },
    remove: async (key) => inTurn(() => remove(key)),
  }
}

function settingKeys(): SettingKey[] {
  return Object.keys(SETTINGS) as SettingKey[]
}

/** Returns the value as it is stored; throws what a client is told. */
function checkSetting(key: string, value: unknown): unknown {
  if (!isSettingKey(key)) return checkAppSetting(key, value)
  const parsed = parseSetting(key, value)
  if (parsed.ok) return parsed.value
  const message = `${key} takes ${parsed.allowed}`
  throw new YayinError('invalid', message, { errors: [{ path: 'value', message }] })
}

/** The value as text and parsed here: drizzle would parse a JSON string a second time, so that `"5"` came back as 5. */
const COLUMNS = {
  ...getTableColumns(serverSettings),
  value: sql<unknown>`${serverSettings.value}::text`.mapWith((text: string): unknown => JSON.parse(text)),
}

async function upsert(db: Db, row: Omit<typeof serverSettings.$inferInsert, 'updatedAt'>): Promise<SettingRow> {
  // JSON by hand: jsonb `null` would otherwise become SQL's.
  const stored = { ...row, value: sql`${JSON.stringify(row.value)}::jsonb`, updatedAt: new Date() }
  const { key: _key, ...changes } = stored
  const query = db.insert(serverSettings).values(stored)
  const [written] = await query.onConflictDoUpdate({ target: serverSettings.key, set: changes }).returning(COLUMNS)
  if (!written) throw new Error('the setting was not written')
  return written
}
