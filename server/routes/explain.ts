import type { Router } from 'express'
import type { z } from 'zod'
import { explainAccess } from '../../shared/api.ts'
import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { YayinError } from '../../shared/errors.ts'
import type { Caller } from '../auth/caller.ts'
import { readClaims } from '../auth/claims.ts'
import { explainRule } from '../auth/explain-rule.ts'
import { type Action, may } from '../auth/policy.ts'
import { keyCallerOf } from '../auth/keys.ts'
import type { AccessDeps } from './access-deps.ts'
import { defineRoute } from './http.ts'

type Question = z.output<typeof explainAccess.query>

/** Adds the answer to "why may they, why not". */
export function explainRoutes(router: Router, deps: AccessDeps): void {
  defineRoute(
    router,
    explainAccess,
    async ({ query }) => {
      const action = actionOf(query)
      const { caller, fault } = await callerOf(query, deps)
      if (fault !== null) return { allowed: false, rule: null, detail: fault }
      const { values } = deps.settings
      const decision = may(caller, action, values)
      if (!decision.allowed) return { allowed: false, rule: null, detail: decision.detail }
      const { rule } = decision
      return { allowed: true, rule, detail: explainRule(rule, caller, action, values) }
    },
    deps,
  )
}

function actionOf({ action, channel, type }: Question): Action {
  if (action === 'subscribe') return { kind: 'subscribe', pattern: channel }
  if (isChannel(channel)) return { kind: 'publish', channel, type }
  throw new YayinError('invalid_channel', `One publishes to a channel, not to the pattern ${channel}: ${CHANNEL_RULE}`)
}

/** Who is asked about. `fault`: why they would not even be let in. */
async function callerOf(query: Question, deps: AccessDeps): Promise<{ caller: Caller; fault: string | null }> {
  const { claims, key, anonymous } = query
  if ([claims !== undefined, key !== undefined, anonymous].filter(Boolean).length !== 1) {
    throw new YayinError('invalid', 'query: say whom you ask about by one of claims, key and anonymous=1')
  }
  if (key !== undefined) return await keyOf(key, deps)
  return { caller: claims === undefined ? { kind: 'anonymous' } : userOf(claims), fault: null }
}

async function keyOf(id: string, { apiKeys }: AccessDeps): Promise<{ caller: Caller; fault: string | null }> {
  const row = await apiKeys.findById(id)
  if (row === null) throw new YayinError('not_found', `There is no API key ${id.slice(0, 50)}.`)
  const over = row.expiresAt !== null && row.expiresAt.getTime() <= Date.now()
  const fault = row.revokedAt !== null ? 'This API key was revoked.' : over ? 'This API key has expired.' : null
  return { caller: keyCallerOf(row), fault }
}

/** What a token says beside its rights may be left out here. */
const REST = { sub: 'somebody', exp: 4_102_444_800 }

function userOf(text: string): Caller {
  try {
    const claims = { ...REST, ...parseObject(text) }
    return { kind: 'user', ...readClaims(claims), room: null, tokenHash: '' }
  } catch (error) {
    if (!(error instanceof YayinError)) throw error
    const { message } = error
    throw new YayinError('invalid', `query claims: ${message}`, { errors: [{ path: 'claims', message }] })
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // Told below like any other value that is no object.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new YayinError('invalid', 'claims are a JSON object such as {"subscribe":["orders/*"]}')
}
