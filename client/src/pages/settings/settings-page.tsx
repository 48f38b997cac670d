import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { SettingInfo } from '../../../../shared/api.ts'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { logOf } from '../../lib/logs-api.ts'
import { useFollow } from '../../lib/live.ts'
import { guardLeaving, useParam } from '../../lib/router.ts'
import { fetchSettings } from '../../lib/settings-api.ts'
import { tellError } from '../../lib/tell-error.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { LeaveDialog } from './leave-dialog.tsx'
import { OwnSettings } from './own-settings.tsx'
import { SaveBar } from './save-bar.tsx'
import { SettingFields } from './setting-fields.tsx'
import { isOwn } from './setting-groups.ts'
import { SettingsSearch } from './settings-search.tsx'
import { TurnCheck } from './turn-check/turn-check.tsx'
import { SETTINGS_KEY, useSettingDrafts } from './use-setting-drafts.ts'
import { settingsWords } from './words.ts'

const NONE: readonly SettingInfo[] = []

/** Every setting of the hub, in force at once; what is not saved is shown, and guarded. */
export function SettingsPage() {
  const words = usePageWords(settingsWords)
  const all = useWords()
  const isAdmin = useIsAdmin()
  const queries = useQueryClient()
  const query = useQuery({ queryKey: SETTINGS_KEY, queryFn: fetchSettings, staleTime: 0 })
  const settings = query.data ?? NONE
  const drafts = useSettingDrafts(settings)
  const search = (useParam('q') ?? '').trim().toLowerCase()
  const leaving = useLeaveGuard(drafts.count > 0)

  useFollow('admin/logs', (message) => {
    // Somebody else, or this page elsewhere, has changed one.
    if (logOf(message)?.type === 'setting') void queries.invalidateQueries({ queryKey: SETTINGS_KEY })
  })

  const again = (
    <Button size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
      {all.actions.retry}
    </Button>
  )
  return (
    <PageBody lead={isAdmin ? words.lead : words.leadViewer}>
      {query.isError && (
        <Notice meaning={query.data ? 'warn' : 'bad'} action={again}>
          {tellError(query.error, all)}
        </Notice>
      )}
      {query.data === undefined && !query.isError && (
        <div className="rounded-card border border-line bg-panel">
          <RowSkeletons />
        </div>
      )}
      {query.data !== undefined && (
        <>
          <SettingsSearch />
          <SettingFields settings={settings.filter(({ key }) => !isOwn(key))} drafts={drafts} search={search} />
          {isAdmin && search === '' && <TurnCheck />}
          <OwnSettings settings={settings.filter(({ key }) => isOwn(key))} search={search} />
        </>
      )}
      {drafts.count > 0 && <SaveBar drafts={drafts} />}
      {leaving.asked !== null && <LeaveDialog count={drafts.count} onStay={leaving.stay} onLeave={leaving.asked} />}
    </PageBody>
  )
}

/** Holds the reader back once while something is unsaved; the browser asks when the tab is closed. */
function useLeaveGuard(active: boolean) {
  const [asked, setAsked] = useState<(() => void) | null>(null)
  useEffect(() => {
    if (!active) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    const off = guardLeaving((leave) => setAsked(() => leave))
    return () => {
      removeEventListener('beforeunload', warn)
      off()
    }
  }, [active])
  return { asked: active ? asked : null, stay: () => setAsked(null) }
}
