import { z } from 'zod'
import { CHANNEL_RULE, isChannel } from './channel.ts'
import { id, isoTime, operation } from './operation.ts'

const channel = z.string().refine(isChannel, { error: CHANNEL_RULE })

const fields = {
  name: z.string().trim().min(1).max(100),
  channel,
  /** The message, JSON text of an object. */
  content: z.string().max(65_536).refine(isObjectText, { error: 'content is the JSON text of an object' }),
  ephemeral: z.boolean().default(false),
}

const templateSchema = z.object({
  id: z.string(),
  ...fields,
  ephemeral: z.boolean(),
  updatedAt: isoTime,
  /** Who wrote it last, as the event log names them. */
  updatedBy: z.string().nullable(),
})
export type Template = z.infer<typeof templateSchema>

export const listTemplates = operation({
  method: 'get',
  path: '/api/templates',
  access: 'view',
  summary: 'Lists the messages that are kept to be published again, by name.',
  response: z.object({ templates: z.array(templateSchema) }),
})
export const createTemplate = operation({
  method: 'post',
  path: '/api/templates',
  access: 'admin',
  summary: 'Keeps a message under a name of its own.',
  body: z.strictObject(fields),
  status: 201,
  response: templateSchema,
})
export const changeTemplate = operation({
  method: 'patch',
  path: '/api/templates/:id',
  access: 'admin',
  summary: 'Replaces a kept message.',
  params: id,
  body: z.strictObject(fields),
  response: templateSchema,
})
export const deleteTemplate = operation({
  method: 'delete',
  path: '/api/templates/:id',
  access: 'admin',
  summary: 'Forgets a kept message.',
  params: id,
  status: 204,
  response: z.void(),
})

export const TEMPLATE_OPERATIONS = [listTemplates, createTemplate, changeTemplate, deleteTemplate]

function isObjectText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
