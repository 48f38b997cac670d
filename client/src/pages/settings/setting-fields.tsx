import type { SettingInfo } from '../../../../shared/api.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { GROUPS, groupOf } from './setting-groups.ts'
import { SettingRow } from './setting-row.tsx'
import type { useSettingDrafts } from './use-setting-drafts.ts'
import { settingsWords } from './words.ts'

interface SettingFieldsProps {
  settings: readonly SettingInfo[]
  drafts: ReturnType<typeof useSettingDrafts>
  /** In small letters. */
  search: string
}

/** The server's own settings, group by group. */
export function SettingFields({ settings, drafts, search }: SettingFieldsProps) {
  const words = usePageWords(settingsWords)
  const { list } = useWords()
  const found = settings.filter(({ key, description }) => {
    const { name, help } = words.settings[key] ?? { name: '', help: '' }
    return [key, name, help, description].join(' ').toLowerCase().includes(search)
  })
  if (found.length === 0) return <p className="text-row text-ink-faint">{list.noMatch}</p>
  return GROUPS.map((group) => {
    const members = found.filter(({ key }) => groupOf(key) === group)
    if (members.length === 0) return null
    return (
      <section key={group} aria-label={words.groups[group]} className="rounded-card border border-line bg-panel">
        <h2 className="border-b border-line px-4 py-2.5 font-semibold">{words.groups[group]}</h2>
        <div className="divide-y divide-line">
          {members.map((setting) => (
            <SettingRow
              key={setting.key}
              setting={setting}
              draft={drafts.drafts[setting.key]}
              refusal={drafts.refusals[setting.key]}
              onChange={(draft) => drafts.change(setting, draft)}
            />
          ))}
        </div>
      </section>
    )
  })
}
