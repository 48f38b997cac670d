import type { SettingInfo } from '../../../../shared/api.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { useKeys, useUsers } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { settingsWords } from './words.ts'

/** Who changed a setting and when; that nobody did, when nobody did. */
export function ChangedBy({ setting: { updatedAt, updatedBy } }: { setting: SettingInfo }) {
  const words = usePageWords(settingsWords)
  const who = useActor(updatedBy)
  if (updatedAt === null) return <span>{words.neverChanged}</span>
  return (
    <span>
      {words.changedBy(who)} <RelativeTime at={updatedAt} none="" />
    </span>
  )
}

/** Names an actor, `admin:<id>` or `key:<id>`; as the server does when it is not known any more. */
function useActor(actor: string | null): string {
  const users = useUsers().data
  const keys = useKeys().data
  if (actor === null) return '–'
  const id = actor.slice(actor.indexOf(':') + 1)
  const user = users?.find((one) => one.id === id)
  return user?.name ?? user?.email ?? keys?.find((one) => one.id === id)?.name ?? actor
}
