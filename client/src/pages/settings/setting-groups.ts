import type { SettingKey } from '../../../../shared/settings.ts'

export const GROUPS = ['connections', 'messages', 'access', 'video', 'log', 'other'] as const
export type SettingGroup = (typeof GROUPS)[number]

const GROUP_OF: Partial<Record<string, SettingGroup>> = {
  max_connections: 'connections',
  max_channels_per_connection: 'connections',
  connect_rate_limit: 'connections',
  heartbeat_interval: 'connections',
  slow_consumer_max_bytes: 'connections',
  client_rate_limit: 'connections',
  history_ttl: 'messages',
  history_max_messages: 'messages',
  message_max_bytes: 'messages',
  replay_max_messages: 'messages',
  publish_rate_limit: 'messages',
  anonymous_access: 'access',
  public_channels: 'access',
  guest_rooms: 'video',
  room_idle_minutes: 'video',
  room_away_seconds: 'video',
  stun_urls: 'video',
  log_retention_days: 'log',
} satisfies Record<SettingKey, SettingGroup>

/** Where a setting stands on the page. */
export function groupOf(key: string): SettingGroup {
  return GROUP_OF[key] ?? 'other'
}

/** Tells whether a setting is one of the user's own. */
export function isOwn(key: string): boolean {
  return key.startsWith('app.')
}
