import { Pencil, Plus, Trash2 } from 'lucide-react'
import type { SettingInfo } from '../../../../shared/api.ts'
import { stringifyExact } from '../../../../shared/exact-json.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { usePageWords } from '../../lib/language.ts'
import { closePanel, openPanel, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { ChangedBy } from './changed-by.tsx'
import { DeleteSettingDialog } from './delete-setting-dialog.tsx'
import { OwnSettingDialog } from './own-setting-dialog.tsx'
import { settingsWords } from './words.ts'

const ADD = 'add'
const EDIT = 'edit'
const DELETE = 'delete'

interface OwnSettingsProps {
  settings: readonly SettingInfo[]
  /** In small letters. */
  search: string
}

/** The `app.*` keys, which are the user's own: any JSON, kept for their applications. */
export function OwnSettings({ settings, search }: OwnSettingsProps) {
  const { own: words } = usePageWords(settingsWords)
  const isAdmin = useIsAdmin()
  const adding = useParam(ADD) !== null
  const editing = useParam(EDIT)
  const deleting = useParam(DELETE)
  const edited = settings.find(({ key }) => key === editing)
  const deleted = settings.find(({ key }) => key === deleting)
  const shown = settings.filter(({ key, description }) => `${key} ${description ?? ''}`.toLowerCase().includes(search))
  return (
    <section aria-label={words.title} className="rounded-card border border-line bg-panel">
      <div className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
        <h2 className="font-semibold">{words.title}</h2>
        {isAdmin && (
          <Button size="small" onClick={() => openPanel(ADD)}>
            <Plus aria-hidden className="size-3.5" />
            {words.add}
          </Button>
        )}
      </div>
      {settings.length === 0 && <p className="p-4 text-row text-ink-soft">{words.empty}</p>}
      <ul className="divide-y divide-line">
        {shown.map((setting) => (
          <OwnRow key={setting.key} setting={setting} isAdmin={isAdmin} />
        ))}
      </ul>
      {isAdmin && adding && <OwnSettingDialog setting={null} onClose={() => closePanel(ADD)} />}
      {isAdmin && edited && <OwnSettingDialog setting={edited} onClose={() => closePanel(EDIT)} />}
      {isAdmin && deleted && <DeleteSettingDialog setting={deleted} onClose={() => closePanel(DELETE)} />}
    </section>
  )
}

function OwnRow({ setting, isAdmin }: { setting: SettingInfo; isAdmin: boolean }) {
  const { own: words } = usePageWords(settingsWords)
  const { key, value, description } = setting
  return (
    <li data-setting={key} className="flex items-start gap-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <code className="font-mono text-row font-medium break-all">{key}</code>
        <code className="line-clamp-2 font-mono text-small break-all text-ink-soft">{stringifyExact(value)}</code>
        <p className="flex flex-wrap gap-x-3 text-small text-ink-faint">
          {description !== null && <span>{description}</span>}
          <ChangedBy setting={setting} />
        </p>
      </div>
      {isAdmin && (
        <div className="flex shrink-0">
          <IconButton label={words.editNamed(key)} onClick={() => openPanel(EDIT, key)}>
            <Pencil aria-hidden className="size-4" />
          </IconButton>
          <IconButton label={words.deleteNamed(key)} onClick={() => openPanel(DELETE, key)}>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        </div>
      )}
    </li>
  )
}
