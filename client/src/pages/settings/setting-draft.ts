import type { SettingInfo } from '../../../../shared/api.ts'
import { isSettingKey, parseSetting } from '../../../../shared/settings.ts'

/** What stands in a control: the text of a number or of a list, one item a line; a switch's state. */
export type Draft = string | boolean

/** Changes that are not saved, by key. */
export type Drafts = Readonly<Record<string, Draft>>

/** What a control shows of a value. */
export function draftOf(value: unknown): Draft {
  if (typeof value === 'boolean') return value
  return Array.isArray(value) ? value.join('\n') : String(value)
}

/** What a draft says: its value, or that it is none. */
export type Read = { ok: true; value: unknown } | { ok: false; fault: 'number' | 'list' }

export function readDraft({ key, type }: SettingInfo, draft: Draft): Read {
  const given = type === 'list' ? linesOf(draft) : typeof draft === 'string' ? draft.trim().replace(',', '.') : draft
  const parsed = isSettingKey(key) ? parseSetting(key, given) : { ok: true as const, value: given }
  return parsed.ok ? { ok: true, value: parsed.value } : { ok: false, fault: type === 'list' ? 'list' : 'number' }
}

/** Tells whether a draft says something else than what is in force. */
export function isChanged(setting: SettingInfo, draft: Draft): boolean {
  const read = readDraft(setting, draft)
  return !read.ok || JSON.stringify(read.value) !== JSON.stringify(setting.value)
}

/** Puts a change among the others, or takes it out when it changes nothing. */
export function withDraft(drafts: Drafts, setting: SettingInfo, draft: Draft): Drafts {
  const { [setting.key]: _old, ...others } = drafts
  return isChanged(setting, draft) ? { ...others, [setting.key]: draft } : others
}

function linesOf(draft: Draft): string[] {
  return String(draft)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
