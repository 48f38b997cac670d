import type { Person } from '../people.ts'
import type { Random } from '../random.ts'

/** One message that a world brings. */
export interface Happening {
  channel: string
  message: Record<string, unknown>
  ephemeral?: boolean
  /** Who sends it over their own connection; absent: an application, with a key. */
  from?: Person
}

/** What one visitor follows and may do. */
export interface Visit {
  channels: string[]
  /** Whether they are known by a token, or nobody in particular. */
  signedIn: boolean
  /** Patterns that the token lets them publish to. */
  publish: string[]
  transport: 'sse' | 'ws'
  /** Whether they are told who comes and goes. */
  presence: boolean
}

/** A part of life that has visitors and in which things happen. */
export interface World {
  name: string
  /** How large its share of visitors and of messages is; all shares together are 1. */
  visitors: number
  messages: number
  visit(random: Random): Visit
  /** What happens next; `present` are those who could send something themselves. */
  happen(random: Random, present: readonly Person[]): Happening[]
}
