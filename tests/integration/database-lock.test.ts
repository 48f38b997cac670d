import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataDirInUseError } from '../../server/store/data-dir-lock.ts'
import { openDatabase } from '../../server/store/database.ts'

const log = pino({ level: 'silent' })
let dir: string
const children = new Set<ChildProcess>()

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'yayin-database-'))
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
  rmSync(dir, { recursive: true, force: true })
})

function run(program: string, argument: string) {
  const path = new URL(`programs/${program}`, import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', path, argument], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  return { child, lines: createInterface({ input: child.stdout }) }
}

describe('the data directory', () => {
  it('goes to exactly one process when several take over a dead one’s at the same instant', async () => {
    const directories = Array.from({ length: 40 }, (_, i) => join(dir, `data-${i}`))
    for (const directory of directories) {
      mkdirSync(directory)
      // A dead owner, or none.
      if (Math.random() < 0.8)
        writeFileSync(join(directory, 'lock'), JSON.stringify({ pid: 1, bootId: 'an earlier one' }))
    }
    const plan = JSON.stringify([directories, Date.now() + 2500, 15])
    const answers = Array.from({ length: 5 }, async () => {
      const [line] = (await once(run('lock-taker.ts', plan).lines, 'line')) as [string]
      return JSON.parse(line) as string[]
    })
    const won = (await Promise.all(answers)).flat()
    expect(won.toSorted()).toEqual(directories.toSorted())
  })

  it('is refused, naming the owner, while another process has it open, and keeps all it answered when that is killed', async () => {
    const { child, lines } = run('writer.ts', dir)
    let written = 0
    await new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        written = Number(line)
        if (written === 200) resolve()
      })
    })
    const second = openDatabase({ databaseUrl: null, dataDir: dir, log })
    await expect(second).rejects.toThrow(DataDirInUseError)
    await expect(second).rejects.toThrow(`process ${child.pid}`)

    const closed = once(lines, 'close')
    child.kill('SIGKILL')
    await closed
    const database = await openDatabase({ databaseUrl: null, dataDir: dir, log })
    await database.ready
    const { rows } = await database.pool.query('select count(*) as count, max(n) as last from written')
    await database.close()
    expect(database.uncleanReboot).toBe(false)
    expect(rows[0].last).toBeGreaterThanOrEqual(written)
    expect(rows[0].count).toBe(rows[0].last)
  })
})
