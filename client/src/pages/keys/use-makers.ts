import type { ApiKeyInfo } from '../../../../shared/api.ts'
import { useUsers } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { keysWords } from './words.ts'

/** The key of the environment, which is in no list. */
const BOOTSTRAP_KEY = 'key:bootstrap'

/** Returns how to say who made a key, which the server names `admin:<id>` or `key:<id>`. */
export function useMakers(keys: readonly ApiKeyInfo[]): (key: ApiKeyInfo) => string {
  const words = usePageWords(keysWords)
  const users = useUsers().data
  return ({ createdBy }) => {
    if (createdBy === null || createdBy === 'system') return words.byStart
    const id = createdBy.slice(createdBy.indexOf(':') + 1)
    if (createdBy === BOOTSTRAP_KEY) return words.byKey('API_KEY')
    if (createdBy.startsWith('key:')) return words.byKey(keys.find((key) => key.id === id)?.name ?? id)
    const user = users?.find((user) => user.id === id)
    if (user) return words.by(user.name ?? user.email)
    return users ? words.byDeleted : ''
  }
}
