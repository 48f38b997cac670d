import type { Message, PresenceFrame } from '../../../shared/protocol.ts'
import type { Gap, Notice } from './messages.ts'
import type { State } from './state.ts'

/** Everything that a connection brings, in its order; plain data, so that it can be handed on to other tabs. */
export type News =
  | { kind: 'state'; state: State }
  | { kind: 'message'; message: Message }
  | { kind: 'presence'; frame: PresenceFrame }
  /** Everything up to here has come; `reset`: though more was heard before, by what the log once was. */
  | { kind: 'position'; id: string; reset?: boolean }
  | { kind: 'gap'; gap: Gap }
  | { kind: 'notice'; notice: Notice }
