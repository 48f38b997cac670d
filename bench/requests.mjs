import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'yayin-bench-requests-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
let files = 0

/**
 * Writes what a reader or a publisher sends into a file for the load.
 * @param {string | Buffer} bytes
 */
export function fileOf(bytes) {
  const path = join(folder, String(files++))
  writeFileSync(path, bytes)
  return path
}

/**
 * @param {string} target
 * @param {Record<string, string>} headers
 */
export function get(target, headers = {}) {
  return fileOf(request(`GET ${target}`, headers, ''))
}

/**
 * @param {string} target
 * @param {string} body JSON text
 * @param {Record<string, string>} headers
 */
export function post(target, body, headers = {}) {
  const length = String(Buffer.byteLength(body))
  return fileOf(
    request(`POST ${target}`, { 'Content-Type': 'application/json', 'Content-Length': length, ...headers }, body),
  )
}

/**
 * @param {string} start
 * @param {Record<string, string>} headers
 * @param {string} body
 */
function request(start, headers, body) {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${start} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

/**
 * Returns a message of `bytes` bytes of JSON that the load knows by its stamp.
 * @param {number} bytes
 * @param {object} [fields]
 */
export function messageOf(bytes, fields = {}) {
  const bare = JSON.stringify({ type: 'notification', ...fields, sentAt: 1_000_000_000_000_000, text: '' })
  return bare.replace('"text":""', `"text":"${'x'.repeat(Math.max(0, bytes - bare.length))}"`)
}
