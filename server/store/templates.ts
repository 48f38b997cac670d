import { asc, count, eq } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { YayinError } from '../../shared/errors.ts'
import { publishTemplates } from '../../shared/schema.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'

type TemplateRow = typeof publishTemplates.$inferSelect
export type NewTemplate = Pick<TemplateRow, 'name' | 'channel' | 'content' | 'ephemeral'> & { actor: string }

/** The messages that admins keep to publish again. */
export interface TemplateStore {
  /** Lists all, by name. */
  list(): Promise<TemplateRow[]>
  /** @throws YayinError `conflict` when there is one of this name already, or there are too many */
  create(template: NewTemplate): Promise<TemplateRow>
  /** Null when there is none of this id. @throws YayinError `conflict` when another has this name */
  change(id: string, template: NewTemplate): Promise<TemplateRow | null>
  /** Tells whether there was one. */
  remove(id: string): Promise<boolean>
}

/** More than a list can be looked through. */
const MAX_TEMPLATES = 500

/** Opens the table of templates. */
export function createTemplateStore(db: Db): TemplateStore {
  async function checkName(name: string, ownId: string | null): Promise<void> {
    const [other] = await db.select().from(publishTemplates).where(eq(publishTemplates.name, name))
    if (other !== undefined && other.id !== ownId) throw taken(name)
  }

  return {
    list: () => db.select().from(publishTemplates).orderBy(asc(publishTemplates.name), asc(publishTemplates.id)),

    async create(template) {
      const values = columnsOf(template)
      await checkName(values.name, null)
      const [total] = await db.select({ count: count() }).from(publishTemplates)
      if ((total?.count ?? 0) >= MAX_TEMPLATES) {
        throw new YayinError('conflict', `there are ${MAX_TEMPLATES} templates already; delete one first`)
      }
      // Two at once may both have found the name free.
      const [row] = await db
        .insert(publishTemplates)
        .values({ id: nanoid(), ...values })
        .onConflictDoNothing()
        .returning()
      if (!row) throw taken(values.name)
      return row
    },

    async change(id, template) {
      const values = columnsOf(template)
      await checkName(values.name, id)
      const [row] = await db.update(publishTemplates).set(values).where(eq(publishTemplates.id, id)).returning()
      return row ?? null
    },

    async remove(id) {
      const rows = await db.delete(publishTemplates).where(eq(publishTemplates.id, id)).returning()
      return rows.length > 0
    },
  }
}

function columnsOf({ name, channel, content, ephemeral, actor }: NewTemplate) {
  return {
    name: storableText(name),
    channel,
    content: storableText(content),
    ephemeral,
    updatedAt: new Date(),
    updatedBy: storableText(actor),
  }
}

function taken(name: string): YayinError {
  return new YayinError('conflict', `there is a template ${JSON.stringify(name)} already`)
}
