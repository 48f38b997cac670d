import { z } from 'zod'
import { isoTime, operation, type Operation } from './operation.ts'

const settingValue = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())])
export const settingSchema = z.object({
  key: z.string(),
  value: z.unknown(),
  default: settingValue.nullable(),
  type: z.string(),
  unit: z.string().nullable(),
  description: z.string().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  updatedAt: isoTime.nullable(),
  updatedBy: z.string().nullable(),
})
export type SettingInfo = z.infer<typeof settingSchema>

export const listSettings = operation({
  method: 'get',
  path: '/api/settings',
  access: 'view',
  summary: 'Lists every setting with its value, default and limits.',
  response: z.object({ settings: z.array(settingSchema) }),
})
export const setSetting = operation({
  method: 'post',
  path: '/api/settings',
  access: 'admin',
  summary: 'Changes one setting, in force at once; `app.*` keys are the user’s own.',
  body: z.strictObject({
    key: z.string().min(1).max(200),
    value: z.unknown().refine((v) => v !== undefined, { error: 'value is missing' }),
    description: z.string().max(1000).optional(),
  }),
  response: settingSchema,
})

export const removeSetting = operation({
  method: 'delete',
  path: '/api/settings/:key',
  access: 'admin',
  summary: 'Gives a setting its default again, or deletes one of the user’s own `app.*` keys.',
  params: z.object({ key: z.string().min(1).max(200) }),
  status: 204,
  response: z.void(),
})

/** The operations of this file, in the order in which papers list them. */
export const SETTING_OPERATIONS: readonly Operation[] = [listSettings, setSetting, removeSetting]
