export { useChannel, type UseChannel, type UseChannelOptions, useConnection, usePresence } from './hooks.ts'
export { type ProviderProps, useClient, YayinProvider } from './provider.ts'
export type { ChannelSnapshot } from './channel-store.ts'
export type { PresenceSnapshot } from './presence-store.ts'
