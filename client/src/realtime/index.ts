export { createClient, type Client, type ClientOptions, type Gap } from './client.ts'
export type { Environment } from './environment.ts'
export type { State, StopReason } from './state.ts'
