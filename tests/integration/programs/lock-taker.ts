import { setTimeout as delay } from 'node:timers/promises'
import { DataDirInUseError, lockDataDir } from '../../../server/store/data-dir-lock.ts'

// Tries for one directory after another, each at the same instant as its rivals do; prints those it got, and keeps them.
const [directories, startsAt, everyMs] = JSON.parse(process.argv[2]!) as [string[], number, number]
const won: string[] = []
for (const [i, directory] of directories.entries()) {
  const atMs = startsAt + i * everyMs
  await delay(Math.max(0, atMs - Date.now() - 2))
  while (Date.now() < atMs);
  try {
    lockDataDir(directory)
    won.push(directory)
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error
  }
}
process.stdout.write(`${JSON.stringify(won)}\n`)
// Until the test has heard from all of them.
process.stdin.resume()
