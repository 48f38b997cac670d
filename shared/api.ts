import { ACCESS_OPERATIONS } from './access.ts'
import { CHANNEL_OPERATIONS } from './channels.ts'
import { CONNECTION_OPERATIONS } from './connections.ts'
import { KEY_OPERATIONS } from './keys.ts'
import { LOG_OPERATIONS } from './logs.ts'
import { broadcast, MESSAGE_OPERATIONS } from './messages.ts'
import { NODE_OPERATIONS } from './nodes.ts'
import type { Operation } from './operation.ts'
import { SCHEDULED_OPERATIONS } from './scheduled.ts'
import { SESSION_OPERATIONS } from './sessions.ts'
import { SETTING_OPERATIONS } from './server-settings.ts'
import { STATS_OPERATIONS } from './stats.ts'
import { TEMPLATE_OPERATIONS } from './templates.ts'
import { USER_OPERATIONS } from './users.ts'
import { VIDEO_OPERATIONS } from './video.ts'
import { WEBHOOK_OPERATIONS } from './webhooks.ts'

export * from './access.ts'
export * from './channels.ts'
export * from './connections.ts'
export * from './keys.ts'
export * from './logs.ts'
export * from './messages.ts'
export * from './server-settings.ts'
export * from './sessions.ts'
export * from './stats.ts'
export * from './users.ts'
export * from './video.ts'
export type { Operation } from './operation.ts'

/** Every operation, in the order in which papers list them. */
export const OPERATIONS: readonly Operation[] = [
  broadcast,
  ...SCHEDULED_OPERATIONS,
  ...MESSAGE_OPERATIONS,
  ...CHANNEL_OPERATIONS,
  ...CONNECTION_OPERATIONS,
  ...TEMPLATE_OPERATIONS,
  ...STATS_OPERATIONS,
  ...NODE_OPERATIONS,
  ...LOG_OPERATIONS,
  ...SETTING_OPERATIONS,
  ...ACCESS_OPERATIONS,
  ...USER_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...KEY_OPERATIONS,
  ...VIDEO_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
]
