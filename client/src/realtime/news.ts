import type { Message, PresenceFrame } from '../../../shared/protocol.ts'
import type { Gap, Notice } from './messages.ts'
import type { State } from './state.ts'

/** Everything that a connection brings, in its order; plain data, so that it can be handed on to other tabs. */
export type News =
  | { kind: 'state'; state: State }
  | { kind: 'message'; message: Message }
  | { kind: 'presence'; frame: PresenceFrame }
  /** Everything up to here has come; `reset`: whatever was heard before, the log is another one. */
  | { kind: 'position'; id: string; reset?: boolean }
  | { kind: 'gap'; gap: Gap }
  | { kind: 'notice'; notice: Notice }
