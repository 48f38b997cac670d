import type { Receipt } from '../../../../shared/api.ts'
import type { JsonObject } from '../../../../shared/protocol.ts'
import type { ScheduledMessage, ScheduledReceipt } from '../../../../shared/scheduled.ts'
import type { Template } from '../../../../shared/templates.ts'
import { request } from '../../lib/api.ts'

export interface PublishRequest {
  channel: string
  message: JsonObject
  ephemeral: boolean
  /** ISO 8601; null for now. */
  deliverAt: string | null
}

/** Publishes now, or has it wait for its time. */
export function publish(wanted: PublishRequest): Promise<Receipt | ScheduledReceipt> {
  const query = new URLSearchParams({ channel: wanted.channel })
  if (wanted.ephemeral) query.set('ephemeral', '1')
  if (wanted.deliverAt !== null) query.set('deliverAt', wanted.deliverAt)
  return request(`/api/broadcast?${query.toString()}`, wanted.message)
}

// ---- templates

export const TEMPLATES = ['templates'] as const

export type NewTemplate = Pick<Template, 'name' | 'channel' | 'content' | 'ephemeral'>

export async function fetchTemplates(): Promise<Template[]> {
  const { templates } = await request<{ templates: Template[] }>('/api/templates')
  return templates
}

export const createTemplate = (template: NewTemplate) => request<Template>('/api/templates', { ...template })
export const changeTemplate = (id: string, template: NewTemplate) =>
  request<Template>(`/api/templates/${encodeURIComponent(id)}`, { ...template }, 'PATCH')
export const deleteTemplate = (id: string) =>
  request<void>(`/api/templates/${encodeURIComponent(id)}`, undefined, 'DELETE')

// ---- scheduled

export const SCHEDULED = ['scheduled'] as const

/** The next ones first. */
export async function fetchScheduled(): Promise<ScheduledMessage[]> {
  const { items } = await request<{ items: ScheduledMessage[] }>('/api/scheduled?limit=100')
  return items
}

export const cancelScheduled = (id: string) =>
  request<void>(`/api/scheduled/${encodeURIComponent(id)}`, undefined, 'DELETE')
