import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

interface Kind {
  name: string
  include: string[]
  /** Most that one test, and one hook, may take. */
  timeoutMs: number
  /**
   * Whether each file gets a process of its own, which starts anew and loads everything anew. Without, files run in turn
   * in one, and what they leave behind is tidied away after each.
   */
  isolate?: boolean
  /** Whether its tests use the run's PostgreSQL. */
  postgres?: boolean
}

const KINDS: Kind[] = [
  {
    name: 'unit',
    include: ['{server,cli,shared,client,scripts}/**/*.test.{ts,tsx}', 'tests/support/**/*.test.ts'],
    timeoutMs: 20_000,
  },
  { name: 'lint', include: ['tests/lint/**/*.test.ts'], timeoutMs: 60_000 },
  { name: 'contract', include: ['tests/contract/**/*.test.ts'], timeoutMs: 60_000, postgres: true },
  { name: 'integration', include: ['tests/integration/**/*.test.ts'], timeoutMs: 60_000, postgres: true },
  { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], timeoutMs: 60_000, postgres: true },
  {
    name: 'chaos',
    include: ['tests/chaos/**/*.test.ts'],
    // CHAOS_SECONDS lengthens a run on demand; starting and checking come on top.
    timeoutMs: (Number(process.env.CHAOS_SECONDS) || 0) * 1000 + 120_000,
    postgres: true,
    isolate: true,
  },
]

/**
 * Where others share the machine, it may stop a browser or a server for longer than any deadline. A test that only its
 * second try passed is marked in what is printed.
 */
const SECOND_TRIES = process.env.CI ? 1 : 0

/** Minutes under load, by `npm run soak` alone. */
const SOAK: Kind = {
  name: 'soak',
  include: ['tests/soak/**/*.test.ts'],
  timeoutMs: 30 * 60_000,
  postgres: true,
  isolate: true,
}

function project({
  name,
  include,
  timeoutMs,
  postgres: servers,
  isolate = false,
}: Kind): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include,
      testTimeout: timeoutMs,
      retry: servers ? SECOND_TRIES : 0,
      isolate,
      ...(!isolate && { setupFiles: './tests/support/tidy-up.ts' }),
      hookTimeout: Math.max(timeoutMs, 30_000),
      ...(servers && { globalSetup: './tests/support/postgres-setup.ts' }),
    },
  }
}

export default defineConfig({
  test: {
    // Most of a file's time goes by in waiting for a server or a browser: two cores bear four files at a time.
    maxWorkers: 4,
    passWithNoTests: true,
    projects: (process.argv.includes('soak') ? [SOAK] : KINDS).map(project),
  },
})
