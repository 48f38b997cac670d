export { createClient, type Client, type Gap } from './client.ts'
export type { State, StopReason } from './state.ts'
