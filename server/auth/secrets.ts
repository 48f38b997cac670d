import { randomBytes } from 'node:crypto'
import { chmod, link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { customAlphabet, nanoid } from 'nanoid'
import { makeFolder } from '../store/make-folder.ts'

interface SecretsOptions {
  dataDir: string
  /** What is configured wins and is not written anywhere. */
  jwtSecret: string | null
  apiKey: string | null
}

export interface Secrets {
  jwtSecret: string
  apiKey: string
  /** Whether the API key was made here, just now or at an earlier start, rather than configured. */
  apiKeyGenerated: boolean
  /** Whether it was made just now: the one time that it is shown. */
  apiKeyIsNew: boolean
  /** Where a generated API key is kept. */
  apiKeyPath: string
  /** This server's short name among the nodes; the same at every start. */
  nodeId: string
}

const newNodeId = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 8)

/** Reads the secrets from `dataDir`, making those that are missing (mode 0600). */
export async function loadSecrets({ dataDir, jwtSecret, apiKey }: SecretsOptions): Promise<Secrets> {
  makeFolder(dataDir)
  const apiKeyPath = join(dataDir, 'api_key')
  const apiKeyIsNew = apiKey === null && (await read(apiKeyPath)) === null
  const [secret, key, nodeId] = await Promise.all([
    jwtSecret ?? keep(join(dataDir, 'jwt_secret'), () => randomBytes(32).toString('base64url')),
    apiKey ?? keep(apiKeyPath, () => `yk_${nanoid(32)}`),
    keep(join(dataDir, 'node_id'), newNodeId),
  ])
  return { jwtSecret: secret, apiKey: key, apiKeyGenerated: apiKey === null, apiKeyIsNew, apiKeyPath, nodeId }
}

async function keep(path: string, make: () => string): Promise<string> {
  return (await read(path)) ?? (await create(path, make()))
}

async function read(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, 'utf8')).trim()
    if (text === '') throw new Error(`${path} is empty; delete it to have a new one made`)
    await chmod(path, 0o600)
    return text
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Writes beside it and links: the file is there whole or not at all, and the first of two makers wins. */
async function create(path: string, text: string): Promise<string> {
  const draft = `${path}.${nanoid(8)}`
  try {
    await writeFile(draft, `${text}\n`, { flag: 'wx', mode: 0o600, flush: true })
    await place(draft, path)
    return text
  } catch (error) {
    const other = isCode(error, 'EEXIST') ? await read(path) : null
    if (other === null) throw error
    return other
  } finally {
    await rm(draft, { force: true })
  }
}

async function place(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path)
  } catch (error) {
    // Some file systems have no hard links; there a second maker at the same instant would win.
    if (!NO_LINKS.some((code) => isCode(error, code))) throw error
    await rename(draft, path)
  }
}

const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
