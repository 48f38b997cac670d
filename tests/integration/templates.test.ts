import { describe, expect, it } from 'vitest'
import type { Template } from '../../shared/templates.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const ORDER = { name: 'Order paid', channel: 'orders/7', content: '{\n  "total": 49\n}' }

describe('templates', () => {
  it('are kept as they were written, changed and forgotten', async () => {
    const made = await use.as().post<Template>('/api/templates', ORDER)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ ...ORDER, ephemeral: false, updatedBy: expect.stringContaining('key:') })
    const path = `/api/templates/${made.body.id}`
    const changed = await use.as().patch<Template>(path, { ...ORDER, name: 'Order sent', ephemeral: true })
    expect(changed.body).toMatchObject({ id: made.body.id, name: 'Order sent', ephemeral: true })
    const { body } = await use.as().get<{ templates: Template[] }>('/api/templates')
    expect(body.templates).toEqual([changed.body])
    expect((await use.as().delete(path)).status).toBe(204)
    expect((await use.as().delete(path)).status).toBe(404)
    expect((await use.as().patch(path, ORDER)).status).toBe(404)
  })

  it('have names of their own, also when two are made at once', async () => {
    const make = () => use.as().post('/api/templates', { ...ORDER, name: 'Twice' })
    const statuses = (await Promise.all([make(), make()])).map(({ status }) => status)
    expect(statuses.sort((a, b) => a - b)).toEqual([201, 409])
    const other = await use.as().post<Template>('/api/templates', { ...ORDER, name: 'Other' })
    expect((await use.as().patch(`/api/templates/${other.body.id}`, { ...ORDER, name: 'Twice' })).status).toBe(409)
  })

  it.each([
    [{ content: '[1]' }, 'content'],
    [{ content: '{"a":' }, 'content'],
    [{ channel: 'not one' }, 'channel'],
    [{ name: '  ' }, 'name'],
  ])('are refused when they are wrong: %j', async (part, path) => {
    const { status, body } = await use
      .as()
      .post<{ errors: { path: string }[] }>('/api/templates', { ...ORDER, ...part })
    expect([status, body.errors[0]?.path]).toEqual([400, path])
  })
})
