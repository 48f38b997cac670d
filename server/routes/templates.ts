import type { Router } from 'express'
import { changeTemplate, createTemplate, deleteTemplate, listTemplates, type Template } from '../../shared/templates.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf } from '../auth/caller.ts'
import type { TemplateStore } from '../store/templates.ts'
import { defineRoute, type RouteDeps } from './http.ts'

export interface TemplatesDeps extends RouteDeps {
  templates: TemplateStore
}

/** Adds the messages that are kept to be published again; all admins share them. */
export function templatesRoutes(router: Router, deps: TemplatesDeps): void {
  const { templates } = deps

  defineRoute(router, listTemplates, async () => ({ templates: (await templates.list()).map(toTemplate) }), deps)

  defineRoute(
    router,
    createTemplate,
    async ({ caller, body }) => toTemplate(await templates.create({ ...body, actor: actorOf(caller) })),
    deps,
  )

  defineRoute(
    router,
    changeTemplate,
    async ({ caller, params, body }) => {
      const row = await templates.change(params.id, { ...body, actor: actorOf(caller) })
      if (row === null) throw unknown(params.id)
      return toTemplate(row)
    },
    deps,
  )

  defineRoute(
    router,
    deleteTemplate,
    async ({ params }) => {
      if (!(await templates.remove(params.id))) throw unknown(params.id)
    },
    deps,
  )
}

function toTemplate({ updatedAt, ...row }: Omit<Template, 'updatedAt'> & { updatedAt: Date }): Template {
  return { ...row, updatedAt: updatedAt.toISOString() }
}

function unknown(id: string): YayinError {
  return new YayinError('not_found', `there is no template ${id.slice(0, 50)}`)
}
