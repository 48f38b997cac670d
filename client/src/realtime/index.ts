export { type Channel, type HistoryOptions, type HistoryPage, type PublishOptions } from './channel.ts'
export { createClient, type Client, type ClientOptions } from './client.ts'
export type { Environment } from './environment.ts'
export type {
  AnyMessages,
  Envelope,
  Gap,
  Member,
  MessageMap,
  Notice,
  PresenceChange,
  Publishable,
  Receipt,
  Received,
  Transport,
} from './messages.ts'
export type { RequestError } from './request.ts'
export type { State, StopReason } from './state.ts'
