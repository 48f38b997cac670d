import type { Logger } from 'pino'
import { VARIABLES } from '../config-variables.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'

type Variables = typeof VARIABLES
/** `DATA_DIR` → `dataDir`. */
type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<Camel<Tail>>}`
  : Lowercase<S>
/** What the app decides itself: it listens, and it logs, in its own process. */
type NotHere = 'HOST' | 'PORT' | 'WORKERS' | 'LOG_LEVEL' | 'NODE_ENV'

/** What a variable may be as an option: what its text is read to; lists as lists, switches as such. */
type OptionValue<V> = V extends { schema: { _zod: { output: infer T } } }
  ? T extends readonly string[]
    ? string | readonly string[]
    : T extends 'on' | 'off'
      ? boolean
      : T
  : never

/** The variables of docs/configuration.md, as options. */
type ConfigOptions = {
  [K in Exclude<keyof Variables, NotHere> as Camel<K>]?: OptionValue<Variables[K]> | undefined
}

/**
 * Options of `createHub`: the environment variables of the server in camelCase, `DATABASE_URL` as `databaseUrl`; all
 * may be absent. The environment itself is not read. But for `rawStreams`, which is off here, so that the app's own
 * middleware sees each answer end, the defaults are the same.
 */
export interface HubOptions extends ConfigOptions {
  /** Whether the dashboard and the pages of rooms are served too; at the root of a site alone. Off if absent. */
  dashboard?: boolean
  /** Hears what the hub has to log; nothing is logged if absent. */
  logger?: Logger
}

/** Reads the options as the server reads its environment. @throws ConfigError that names each wrong option */
export function toConfig({ dashboard: _dashboard, logger: _logger, ...options }: HubOptions): Readonly<Config> {
  const entries = Object.entries(options).map(([option, value]) => [variableOf(option), textOf(value)] as const)
  const unknown = entries.filter(([name]) => !Object.hasOwn(VARIABLES, name))
  if (unknown.length > 0) throw new ConfigError(unknown.map(([name]) => `${optionOf(name)} is no option of a hub`))
  try {
    // The app listens, and what it does about names that were made to point here is its own matter.
    return readConfig({ RAW_STREAMS: 'off', ...Object.fromEntries(entries), HOST: '0.0.0.0' })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError(error.problems.map((problem) => problem.replace(/\b[A-Z]+(_[A-Z]+)+\b/g, optionOf)))
  }
}

function variableOf(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
}

function optionOf(variable: string): string {
  return variable.toLowerCase().replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return Array.isArray(value) ? value.join(',') : String(value)
}
