import { covers } from '../../shared/channel.ts'
import type { Caller } from './caller.ts'
import type { Action, PolicyContext } from './policy.ts'

/** Says in words why `rule`, which `may` named, allows `caller` the action on a channel. */
export function explainRule(rule: string, caller: Caller, action: Action, context: PolicyContext): string {
  const target = action.kind === 'publish' ? action.channel : action.kind === 'subscribe' ? action.pattern : ''
  const named = (patterns: readonly string[]) => patterns.find((pattern) => covers(pattern, target)) ?? target
  switch (rule) {
    case 'own_channel':
      return `${target} is the caller’s own channel.`
    case 'own_connection':
      return `${target} is the connection’s own channel.`
    case 'public':
      return `The setting public_channels holds ${named(context.public_channels)}, and anonymous_access is on.`
    case 'participant':
      return 'The caller is a participant of this room, and the type is one that participants may send.'
    case 'claim':
      return explainClaim(caller, action, named)
    case 'key':
      return explainKey(caller, action, named)
    default:
      return `The rule ${rule} allows it.`
  }
}

type Named = (patterns: readonly string[]) => string

function explainClaim(caller: Caller, action: Action, named: Named): string {
  if (caller.kind !== 'user') return ''
  const claim = action.kind === 'publish' ? 'publish' : 'subscribe'
  return `The token’s claim ${claim} holds ${named(caller[claim])}.`
}

function explainKey(caller: Caller, action: Action, named: Named): string {
  if (caller.kind !== 'key') return ''
  const wanted = action.kind === 'publish' ? 'publish' : 'subscribe'
  // Reserved channels are opened by the scope admin alone.
  const scope = caller.scopes.includes(wanted) ? wanted : 'admin'
  const limit =
    caller.channels === null ? 'is not limited to channels' : `is limited to channels such as ${named(caller.channels)}`
  return `The API key has the scope ${scope} and ${limit}.`
}
