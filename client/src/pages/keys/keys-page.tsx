import { KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ApiKeyInfo } from '../../../../shared/api.ts'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { CreateButton } from '../../components/create-button.tsx'
import { List } from '../../components/list.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { useKeys } from '../../lib/access-queries.ts'
import { choiceFilter } from '../../lib/choice-filter.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { closePanel, openPanel, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { useNow } from '../../lib/use-now.ts'
import { CreateKeyDialog } from './create-key-dialog.tsx'
import { useKeyColumns } from './key-columns.tsx'
import { KEY_STATES, keyState } from './key-state.ts'
import { RevokeKeyDialog } from './revoke-key-dialog.tsx'
import { useMakers } from './use-makers.ts'
import { keysWords } from './words.ts'

const CREATE = 'create'
const REVOKE = 'revoke'
const RENEWED_EVERY_MS = 30_000

/** The API keys: who holds which right, and the making and revoking of them. */
export function KeysPage() {
  const { pages } = useWords()
  const words = usePageWords(keysWords)
  const isAdmin = useIsAdmin()
  const keys = useKeys()
  const now = useNow(RENEWED_EVERY_MS)
  const columns = useKeyColumns(now, useMakers(keys.data ?? []))
  const states = { param: 'state', label: words.columns.state, values: KEY_STATES, names: words.states }
  return (
    <PageBody lead={words.lead}>
      {isAdmin && (
        <MainAction>
          <CreateButton panel={CREATE} label={words.create} />
        </MainAction>
      )}
      <List
        label={pages.keys}
        query={keys}
        columns={columns}
        rowKey={(key) => key.id}
        textOf={(key) => [key.name, key.prefix, ...key.scopes, ...(key.channels ?? [])].join(' ')}
        filter={choiceFilter(states, (key: ApiKeyInfo) => keyState(key, now))}
        firstOrder="-created"
        RowActions={isAdmin ? RevokeButton : undefined}
        empty={<NoKeys action={isAdmin && <CreateButton panel={CREATE} label={words.create} />} />}
      />
      {isAdmin && <Panels keys={keys.data ?? []} />}
    </PageBody>
  )
}

/** The dialogs, opened by what the address says. */
function Panels({ keys }: { keys: readonly ApiKeyInfo[] }) {
  const creating = useParam(CREATE) !== null
  const revoked = useParam(REVOKE)
  const found = keys.find((key) => key.id === revoked && key.revokedAt === null)
  return (
    <>
      {creating && <CreateKeyDialog onClose={() => closePanel(CREATE)} />}
      {found && <RevokeKeyDialog apiKey={found} onClose={() => closePanel(REVOKE)} />}
    </>
  )
}

function RevokeButton({ row: apiKey }: { row: ApiKeyInfo }) {
  const words = usePageWords(keysWords)
  if (apiKey.revokedAt !== null) return null
  return (
    <Button
      look="ghost"
      size="small"
      data-destructive
      aria-label={words.revokeNamed(apiKey.name)}
      onClick={() => openPanel(REVOKE, apiKey.id)}
    >
      {words.revoke}
    </Button>
  )
}

function NoKeys({ action }: { action: ReactNode }) {
  const words = usePageWords(keysWords)
  return (
    <Blank icon={<KeyRound aria-hidden className="size-5" />} title={words.emptyTitle} lead={words.emptyLead}>
      {action}
    </Blank>
  )
}
