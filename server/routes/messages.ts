import type { Response, Router } from 'express'
import type { z } from 'zod'
import { countMessages, exportMessages, getMessage, searchMessages } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import type { ExportFormat } from '../../shared/message-search.ts'
import {
  countMessages as countArchive,
  findMessage,
  readMessages,
  searchMessages as searchArchive,
} from '../store/archive.ts'
import { readPosition, toAnswer, toPage } from './channel-history.ts'
import type { ChannelsDeps } from './channels.ts'
import { admit, defineRoute, JsonText } from './http.ts'
import { headLine, messageLine } from './message-lines.ts'
import { streamLines } from './stream-lines.ts'
import { parseQuery } from './validate.ts'

const CONTENT_TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
}

/** Adds the search of the archive, its count and its export (contract §8). */
export function messagesRoutes(router: Router, deps: ChannelsDeps): void {
  const { hub, db } = deps

  defineRoute(
    router,
    searchMessages,
    async ({ query }) => {
      const { cursor, limit, ...filters } = query
      const before = readPosition(cursor, hub.epoch)
      await hub.history.searchable()
      const rows = await searchArchive(db, { ...filters, ...(before !== null && { before }), limit: limit + 1 })
      return toAnswer(toPage(rows, limit, hub.epoch))
    },
    deps,
  )

  defineRoute(
    router,
    countMessages,
    async ({ query }) => {
      await hub.history.searchable()
      return { count: await countArchive(db, query) }
    },
    deps,
  )

  // Not JSON: the answer is written as it is read.
  router.get(exportMessages.path, async (req, res) => {
    await admit(req, res, exportMessages.access, deps)
    await hub.history.searchable()
    await sendExport(res, parseQuery(exportMessages.query, req.query), deps)
  })

  defineRoute(
    router,
    getMessage,
    async ({ params }) => {
      await hub.history.searchable()
      const found = await findMessage(db, readPosition(params.id, hub.epoch) ?? 0)
      if (found === null) throw new YayinError('not_found', `the log has no message ${params.id.slice(0, 50)}`)
      return new JsonText(toPage([found], 1, hub.epoch).items[0]!.json)
    },
    deps,
  )
}

/** What comes in meanwhile is not part of it: an export of a busy log ends. */
async function sendExport(
  res: Response,
  { format, ...filters }: z.output<typeof exportMessages.query>,
  { hub, db }: ChannelsDeps,
): Promise<void> {
  const { epoch, head } = hub
  async function* lines(): AsyncGenerator<string> {
    const headOf = headLine(format)
    if (headOf !== '') yield headOf
    for await (const rows of readMessages(db, filters, head)) {
      yield rows.map((row) => messageLine(format, row, epoch)).join('')
    }
  }
  const fileName = `messages-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.${format}`
  await streamLines(res, lines(), { contentType: CONTENT_TYPES[format], fileName })
}
