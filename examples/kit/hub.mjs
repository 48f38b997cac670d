import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT } from '../../scripts/run.mjs'
import { Refusal } from './refusal.mjs'

/**
 * The hub that an example uses.
 * @typedef {object} Hub
 * @property {string} url
 * @property {string} apiKey
 * @property {(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<any>} call
 *   asks the hub something with the key; rejects with what it said against it
 * @property {() => Promise<void>} stop ends it, if the example has started it
 */

const START_DEADLINE_MS = 120_000

/**
 * Finds the hub at YAYIN_URL (http://localhost:3000); starts it when none runs there.
 * @param {string} exampleOrigin pages of this origin may call a hub that is started here
 * @returns {Promise<Hub>}
 */
export async function findHub(exampleOrigin) {
  const url = process.env.YAYIN_URL ?? 'http://localhost:3000'
  const stop = (await answers(url, '/healthz')) ? async () => {} : await startHub(url, exampleOrigin)
  const apiKey = process.env.YAYIN_KEY ?? (await readKey())
  return { url, apiKey, stop, call: (...request) => call({ url, apiKey }, ...request) }
}

/**
 * @param {string} url
 * @param {string} exampleOrigin
 */
async function startHub(url, exampleOrigin) {
  const { hostname, port } = new URL(url)
  if (!['localhost', '127.0.0.1'].includes(hostname)) throw new Error(`No hub answers at ${url} (YAYIN_URL).`)
  const settings = { PORT: port || '80', CORS_ORIGINS: exampleOrigin, API_KEY: process.env.YAYIN_KEY }
  const hub = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  })
  const ended = new Promise((resolve) => hub.once('close', resolve))
  const endsAt = Date.now() + START_DEADLINE_MS
  while (!(await answers(url, '/readyz'))) {
    if (hub.exitCode !== null) throw new Error('The hub could not start; it says why above.')
    if (Date.now() > endsAt) throw new Error(`The hub at ${url} did not get ready.`)
    await delay(100)
  }
  return async () => {
    hub.kill('SIGTERM')
    await ended
  }
}

/**
 * @param {string} url
 * @param {string} path
 */
async function answers(url, path) {
  try {
    const response = await fetch(new URL(path, url))
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** The key that the hub made for itself at its first start. */
async function readKey() {
  const path = join(process.env.DATA_DIR ?? join(ROOT, 'data'), 'api_key')
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    throw new Error(`The hub's API key is not in ${path}; say it in YAYIN_KEY.`)
  }
}

/**
 * @param {{ url: string, apiKey: string }} hub
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {Record<string, string>} [headers]
 */
async function call({ url, apiKey }, method, path, body, headers = {}) {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause) => {
    throw new Refusal(503, 'The hub is away. Try again in a moment.', { cause })
  })
  const answer = response.status === 204 ? null : await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.detail}`)
  return answer
}
