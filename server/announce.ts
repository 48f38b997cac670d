import { relative } from 'node:path'
import type { Secrets } from './auth/secrets.ts'
import type { Config } from './config.ts'
import { VERSION } from './version.ts'

/** Figures and links for people go to standard output, the log to standard error. */
interface Ready {
  url: string
  secrets: Secrets
  /** A one-time code to sign in with; null when the admin has a password, or is not known yet. */
  signInCode: string | null
  config: Pick<Config, 'publicUrl'>
  /** How many processes serve at that address. */
  workers?: number
}

/** Prints that the server is ready, on a line of its own, and how to get in. */
export function announce({ url, secrets, signInCode, config, workers = 1 }: Ready): void {
  const lines = [`Yayın ${VERSION} is ready ${workers > 1 ? `with ${workers} workers ` : ''}on ${url}`]
  const { apiKey, apiKeyIsNew, apiKeyGenerated, apiKeyPath } = secrets
  const keptIn = relative(process.cwd(), apiKeyPath)
  if (apiKeyIsNew) lines.push(`  API key   ${apiKey}   (kept in ${keptIn})`)
  else if (apiKeyGenerated) lines.push(`  API key   in ${keptIn}`)
  if (signInCode !== null) lines.push(signInLine({ url, signInCode, config }))
  process.stdout.write(`${lines.join('\n')}\n`)
}

interface SignInLink extends Pick<Ready, 'url' | 'config'> {
  signInCode: string
}

/** Prints the link to sign in with that could not be told with the rest, since the database was not there yet. */
export function announceSignIn(link: SignInLink): void {
  process.stdout.write(`${signInLine(link)}\n`)
}

function signInLine({ url, signInCode, config }: SignInLink): string {
  return `  Sign in   ${config.publicUrl ?? url}/#code=${signInCode}   (once, within 15 minutes)`
}
