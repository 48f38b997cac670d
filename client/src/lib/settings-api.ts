import type { SettingInfo } from '../../../shared/api.ts'
import { request } from './api.ts'

export async function fetchSettings(): Promise<SettingInfo[]> {
  const { settings } = await request<{ settings: SettingInfo[] }>('/api/settings')
  return settings
}

export function saveSetting(key: string, value: unknown, description?: string): Promise<SettingInfo> {
  return request('/api/settings', { key, value, ...(description !== undefined && { description }) })
}

/** Gives a setting its default again, or deletes one of the user's own. */
export function removeSetting(key: string): Promise<void> {
  return request(`/api/settings/${encodeURIComponent(key)}`, undefined, 'DELETE')
}
