import type { SettingInfo } from '../../shared/api.ts'
import type { serverSettings } from '../../shared/schema.ts'
import { type SettingDefinition, type SettingKey, SETTINGS, type SettingValue } from '../../shared/settings.ts'

export type SettingRow = typeof serverSettings.$inferSelect

/** Describes one of the server's settings; `row` is absent when it was never changed. */
export function describeSetting(
  key: SettingKey,
  value: SettingValue,
  defaultValue: SettingValue,
  row: SettingRow | undefined,
): SettingInfo {
  const definition: SettingDefinition = SETTINGS[key]
  return {
    key,
    value,
    default: defaultValue,
    type: definition.type,
    unit: definition.unit ?? null,
    description: row?.description ?? definition.description,
    min: 'min' in definition ? definition.min : null,
    max: 'max' in definition ? definition.max : null,
    updatedAt: row?.updatedAt.toISOString() ?? null,
    updatedBy: row?.updatedBy ?? null,
  }
}

/** Describes one of the user's own settings. */
export function describeAppSetting({ key, value, description, updatedAt, updatedBy }: SettingRow): SettingInfo {
  const limits = { default: null, type: 'json', unit: null, min: null, max: null }
  return { key, value, ...limits, description, updatedAt: updatedAt.toISOString(), updatedBy }
}
