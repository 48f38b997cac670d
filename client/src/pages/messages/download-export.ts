import type { ExportFormat } from '../../../../shared/message-search.ts'
import { archiveQuery, type ArchiveSearch } from '../../lib/archive.ts'
import { RequestError, toRequestError } from '../../lib/problem.ts'
import { withBase } from '../../lib/base.ts'

/** How far an export has come. */
export interface ExportProgress {
  rows: number
  bytes: number
}

/** From here on what has arrived is handed to the browser, which keeps large blobs on its disk. */
const BLOB_BYTES = 4 * 1024 * 1024
const NEWLINE = 10

/** Reads an export to its end, telling how far it has come; saves it under the server's name for it. */
export async function downloadExport(
  search: ArchiveSearch,
  format: ExportFormat,
  onProgress: (progress: ExportProgress) => void,
  signal: AbortSignal,
): Promise<ExportProgress> {
  const query = archiveQuery(search)
  query.set('format', format)
  const response = await fetch(withBase(`/api/messages/export?${query.toString()}`), { signal })
  if (!response.ok) throw await toRequestError(response)
  if (response.body === null) throw new RequestError(null)
  let blob = new Blob()
  let waiting: Uint8Array<ArrayBuffer>[] = []
  let waitingBytes = 0
  // The head of a table is no row.
  const progress = { rows: format === 'csv' ? -1 : 0, bytes: 0 }
  const reader = response.body.getReader()
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    waiting.push(step.value)
    waitingBytes += step.value.length
    progress.bytes += step.value.length
    progress.rows += countLines(step.value)
    onProgress({ ...progress, rows: Math.max(0, progress.rows) })
    if (waitingBytes < BLOB_BYTES) continue
    blob = new Blob([blob, ...waiting])
    waiting = []
    waitingBytes = 0
  }
  save(new Blob([blob, ...waiting]), nameOf(response) ?? `messages.${format}`)
  return progress
}

function countLines(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte === NEWLINE) count++
  return count
}

function nameOf(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has begun to save by the next turn, and keeps what it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
