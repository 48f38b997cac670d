import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSecret, sign } from '../../server/webhooks/signature.ts'

interface Case {
  secret: string
  headers: Record<string, string>
  body: string
}

const BODY = '{"type":"message.published","data":{"text":"grüße \\u0000 😀"}}'
const DOCS = new URL('../../docs/webhooks.md', import.meta.url)
const isThere = (command: string) => spawnSync(command, ['--version']).status === 0

/** What a receiver may meet, and whether it is to be believed. */
function cases(): [name: string, given: Case, isGenuine: boolean][] {
  const [secret, other] = [newSecret(), newSecret()]
  const made = (timestamp: number, secrets: string[], body = BODY): Case => {
    const id = 'msg_1'
    const signature = sign({ id, timestamp, body }, secrets)
    const headers = { 'webhook-id': id, 'webhook-timestamp': `${timestamp}`, 'webhook-signature': signature }
    return { secret, headers, body: BODY }
  }
  const now = Math.floor(Date.now() / 1000)
  const good = made(now, [secret])
  return [
    ['signed', good, true],
    ['signed with two secrets', made(now, [other, secret]), true],
    ['signed with another secret', made(now, [other]), false],
    ['of another body', made(now, [secret], '{}'), false],
    ['too old', made(now - 400, [secret]), false],
    ['of the future', made(now + 400, [secret]), false],
    ['of another id', { ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } }, false],
    ['without a signature', { ...good, headers: { ...good.headers, 'webhook-signature': '' } }, false],
    ['without a time', { ...good, headers: { ...good.headers, 'webhook-timestamp': 'now' } }, false],
  ]
}

describe('the snippets of the papers, which check signatures', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yayin-snippets-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function snippet(language: string): Promise<string> {
    const found = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(await readFile(DOCS, 'utf8'))
    expect(found, `a snippet in ${language}`).not.toBeNull()
    return found![1]!
  }

  /** Runs a program that reads cases as JSON from a file and prints, as JSON, which are genuine. */
  async function verdictsOf(command: string, file: string, program: string): Promise<[string, boolean][]> {
    const all = cases()
    const input = join(folder, `${file}.json`)
    await writeFile(input, JSON.stringify(all.map(([, given]) => given)))
    await writeFile(join(folder, file), program)
    const printed = await new Promise<string>((resolve, reject) => {
      execFile(command, [join(folder, file), input], (error, stdout, stderr) => {
        if (error) reject(new Error(stderr, { cause: error }))
        else resolve(stdout)
      })
    })
    const verdicts = JSON.parse(printed) as boolean[]
    return all.map(([name], i) => [name, verdicts[i]!])
  }
  const expected = cases().map(([name, , isGenuine]) => [name, isGenuine])

  it('tell genuine requests from others when they run in Node', async () => {
    const program = `import { readFileSync } from 'node:fs'
${await snippet('js')}
const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'))
console.log(JSON.stringify(cases.map(({ secret, headers, body }) => isGenuine(secret, headers, body))))`
    expect(await verdictsOf(process.execPath, 'check.mjs', program)).toEqual(expected)
  })

  it.skipIf(!isThere('python3'))('tell genuine requests from others when they run in Python', async () => {
    const program = `import json, sys
${await snippet('python')}
cases = json.load(open(sys.argv[1]))
print(json.dumps([is_genuine(case["secret"], case["headers"], case["body"].encode()) for case in cases]))`
    expect(await verdictsOf('python3', 'check.py', program)).toEqual(expected)
  })

  it.skipIf(!isThere('php'))('tell genuine requests from others when they run in PHP', async () => {
    const program = `${await snippet('php')}
$cases = json_decode(file_get_contents($argv[1]), true);
echo json_encode(array_map(fn($case) => is_genuine($case['secret'], $case['headers'], $case['body']), $cases));`
    expect(await verdictsOf('php', 'check.php', program)).toEqual(expected)
  })
})
