import type { Keys } from '../auth/keys.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { ApiKeyTable } from '../store/api-keys.ts'
import type { EventLog } from '../store/event-log.ts'
import type { InvitationTable } from '../store/invitations.ts'
import type { SessionTable } from '../store/sessions.ts'
import type { UserTable } from '../store/users.ts'
import type { RouteDeps } from './http.ts'

/** What the routes on users, sessions and keys work with. */
export interface AccessDeps extends RouteDeps {
  users: UserTable
  invitations: InvitationTable
  sessionTable: SessionTable
  sessions: Sessions
  apiKeys: ApiKeyTable
  keys: Pick<Keys, 'forget'>
  eventLog: EventLog
  /** Looks at the callers of open connections again, now. */
  recheck: () => void
  /** The address of the user whose password the environment sets; null when it sets none. */
  environmentAdmin: string | null
}
