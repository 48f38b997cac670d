import type { Router } from 'express'
import { listSettings, removeSetting, setSetting } from '../../shared/api.ts'
import { actorOf } from '../auth/caller.ts'
import type { EventLog } from '../store/event-log.ts'
import type { SettingsStore } from '../store/settings.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface SettingsDeps extends RouteDeps {
  settingsStore: SettingsStore
  eventLog: EventLog
}

/** Adds reading and changing of settings (contract §10). */
export function settingsRoutes(router: Router, deps: SettingsDeps): void {
  const { settingsStore, eventLog } = deps
  defineRoute(router, listSettings, () => ({ settings: settingsStore.list() }), deps)

  defineRoute(
    router,
    setSetting,
    async ({ caller, body, ip }) => {
      const actor = actorOf(caller)
      const { key, value, description } = body
      const { setting, old } = await settingsStore.set(key, value, {
        actor,
        ...(description !== undefined && { description }),
      })
      const data = { key, old, new: setting.value, ip }
      eventLog.record({ level: 'info', type: 'setting', message: 'Setting changed', data, actor })
      return setting
    },
    deps,
  )

  defineRoute(
    router,
    removeSetting,
    async ({ caller, params: { key }, ip }) => {
      const { old } = await settingsStore.remove(key)
      const data = { key, old, new: settingsStore.list().find((setting) => setting.key === key)?.value ?? null, ip }
      eventLog.record({ level: 'info', type: 'setting', message: 'Setting removed', data, actor: actorOf(caller) })
    },
    deps,
  )
}
