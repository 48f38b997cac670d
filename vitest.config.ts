import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

interface Kind {
  name: string
  include: string[]
  /** Most that one test, and one hook, may take. */
  timeoutMs: number
  /** Whether its tests use the run's PostgreSQL. */
  postgres?: boolean
}

const KINDS: Kind[] = [
  {
    name: 'unit',
    include: ['{server,shared,client,scripts}/**/*.test.{ts,tsx}', 'tests/support/**/*.test.ts'],
    timeoutMs: 10_000,
  },
  { name: 'lint', include: ['tests/lint/**/*.test.ts'], timeoutMs: 60_000 },
  { name: 'contract', include: ['tests/contract/**/*.test.ts'], timeoutMs: 30_000, postgres: true },
  { name: 'integration', include: ['tests/integration/**/*.test.ts'], timeoutMs: 30_000, postgres: true },
  { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], timeoutMs: 60_000, postgres: true },
  {
    name: 'chaos',
    include: ['tests/chaos/**/*.test.ts'],
    // CHAOS_SECONDS lengthens a run on demand; starting and checking come on top.
    timeoutMs: (Number(process.env.CHAOS_SECONDS) || 0) * 1000 + 120_000,
    postgres: true,
  },
]

/** Minutes under load, by `npm run soak` alone. */
const SOAK: Kind = { name: 'soak', include: ['tests/soak/**/*.test.ts'], timeoutMs: 30 * 60_000, postgres: true }

function project({ name, include, timeoutMs, postgres }: Kind): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include,
      testTimeout: timeoutMs,
      hookTimeout: Math.max(timeoutMs, 30_000),
      ...(postgres && { globalSetup: './tests/support/postgres-setup.ts' }),
    },
  }
}

export default defineConfig({
  test: {
    // A server, a browser or a database runs beside each file: two at a time fill two cores.
    maxWorkers: 2,
    passWithNoTests: true,
    projects: (process.argv.includes('soak') ? [SOAK] : KINDS).map(project),
  },
})
