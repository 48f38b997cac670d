import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import './check-node.mjs'
import { ROOT, runPackage } from './run.mjs'

/* Packs what is built, and asks of the package whether apps will find its types and its files. */

const dir = mkdtempSync(join(tmpdir(), 'yayin-package-'))
try {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', dir], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const tarball = join(dir, readdirSync(dir)[0] ?? '')
  const types = await runPackage('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only', '--quiet'])
  const files = await runPackage('publint/src/cli.js', ['run', tarball, '--strict'])
  process.exitCode = types || files
} finally {
  rmSync(dir, { recursive: true, force: true })
}
