import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { createDatabase } from '../support/postgres.ts'
import { callCli, ended, type EndedCli, runCli, type RunningCli } from '../support/run-cli.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()

const access = () => ({ YAYIN_URL: use.server.url, YAYIN_API_KEY: use.server.apiKey })
const run = (args: string[], env: Record<string, string> = access()) => runCli(args, env)

/** In this process, as far as it needs none of its own. */
const call = (args: string[], env: Record<string, string> = access(), input = '') => callCli(args, env, input)

const soon = { deadlineMs: 20_000 }
const linesOf = (cli: RunningCli) => cli.stdout().split('\n').slice(0, -1)
const messagesOf = (cli: RunningCli) => linesOf(cli).map((line) => JSON.parse(line) as Record<string, unknown>)

describe('yayin publish', () => {
  it('publishes what the arguments and standard input hold', async () => {
    const follower = await use.follow(['cli/publish', 'cli/lines'], { token: use.server.apiKey })
    const one = await ended(run(['publish', 'cli/publish', '{"type":"one","total":49}']))
    expect(one).toMatchObject({ code: 0, err: '' })
    expect(one.out).toMatch(/^Published \S+ on cli\/publish, to 1 connection of this node$/)
    const batch = call(['publish', 'cli/publish', '-', '--json'], access(), '[{"type":"two"},{"type":"three"}]')
    expect(JSON.parse((await batch).out)).toMatchObject({ messages: [{ channel: 'cli/publish' }, {}] })
    const lines = await call(['publish', 'cli/lines', '-', '--lines'], access(), '{"type":"four"}\n\n{"type":"five"}\n')
    expect(lines.out.split('\n')).toHaveLength(2)
    await follower.waitFor(({ body }) => body.type === 'five', 20_000)
    const types = follower.frames.map(({ body }) => body.type).filter((type) => type !== 'connected')
    expect(types).toEqual(['one', 'two', 'three', 'four', 'five'])
  })

  it('says on one line what is wrong, and ends with its own code, when it can not', async () => {
    const port = await freePort()
    const cases: [Promise<EndedCli>, number, RegExp][] = [
      [call(['publish', 'cli/a', 'hello']), 2, /no JSON.*'{"text":"hello"}'/],
      [call(['publish', 'cli/a', '7']), 2, /a message is a JSON object/],
      [call(['publish', 'a//b', '{}']), 2, /"a\/\/b" is no channel/],
      [call(['publish', 'cli/a', '{}', '--at', 'soon']), 2, /--at is "soon"; give a time such as 20/],
      [call(['publish', 'cli/a', '{"type":"ack"}']), 1, /server's own/],
      [call(['publish', '{}'], { ...access(), YAYIN_API_KEY: 'yk_wrong' }), 4, /unknown.*use a key that may/],
      [call(['publish', '{}'], { YAYIN_URL: `http://127.0.0.1:${port}` }), 3, /nothing listens there.*yayin start/],
      [call(['publish', '{}', '--url', 'hub']), 2, /"hub" is no address/],
      [call(['pblish']), 2, /Did you mean publish/],
    ]
    for (const [outcome, code, words] of cases) {
      const { code: found, err } = await outcome
      expect(err).toMatch(words)
      expect(err.split('\n')).toHaveLength(1)
      expect(found, err).toBe(code)
    }
  })
})

describe('yayin tail', () => {
  it('shows the past and what comes, across a restart of the hub, until Ctrl-C', async () => {
    await use.publish('cli/tail', { type: 'older' })
    await use.publish('cli/tail', { type: 'old', n: 0 })
    const tail = run(['tail', 'cli/tail', '--json', '--last', '1'])
    await until(() => messagesOf(tail).length === 1, soon)
    await use.publish('cli/tail', { n: 1 })
    await until(() => messagesOf(tail).length === 2, soon)
    await use.server.restart({ signal: 'SIGKILL' })
    await use.publish('cli/tail', { n: 2 })
    await use.publish('cli/tail', { n: 3 })
    await until(() => messagesOf(tail).length === 4, soon)
    tail.kill('SIGINT')
    expect(await tail.exited).toBe(0)
    expect(messagesOf(tail).map(({ n }) => n)).toEqual([0, 1, 2, 3])
    expect(tail.stderr()).toMatch(/Following http.*\n.*trying again[^]*Connected again/)
  })

  it('writes for people, and begins behind a position, unless it is told otherwise', async () => {
    const { id } = await use.publish('cli/people', { type: 'before' })
    await use.publish('cli/people', { type: 'order_paid', total: 49, by: '\u001b[31mada' })
    const tail = run(['tail', 'cli/*', '--since', id], { ...access(), FORCE_COLOR: '1' })
    await until(() => linesOf(tail).length === 1, soon)
    const escape = String.fromCharCode(27)
    expect(tail.stdout()).toContain(escape)
    const plain = tail.stdout().replaceAll(new RegExp(`${escape}\\[\\d+m`, 'g'), '')
    expect(plain).toMatch(/^\d\d:\d\d:\d\d\.\d{3} {2}cli\/people {2}order_paid {2}total=49 by="\\u001b\[31mada"\n$/)
  })

  it('ends with a code of its own when the hub is away or says no', async () => {
    const port = await freePort()
    const away = await ended(run(['tail', 'a'], { YAYIN_URL: `http://127.0.0.1:${port}` }))
    expect(away).toMatchObject({ code: 3, err: expect.stringMatching(/^yayin: No hub answers/) as string })
    const refused = await ended(run(['tail', 'private'], { YAYIN_URL: use.server.url, DATA_DIR: '/nowhere' }))
    expect(refused).toMatchObject({ code: 4, err: expect.stringMatching(/--key or YAYIN_API_KEY/) as string })
    const odd = await call(['tail', 'a/*', '--last', '3'])
    expect(odd).toMatchObject({ code: 2, err: expect.stringMatching(/a\/\* is a pattern/) as string })
  })
})

describe('yayin token and yayin key', () => {
  it('makes a token that allows what was asked for', async () => {
    const args = [
      'token',
      '--sub',
      'ada',
      '--subscribe',
      'own/ada',
      'team/*',
      '--publish',
      'own/ada',
      '--expires',
      '2h',
    ]
    const { code, out } = await call(args)
    expect(code).toBe(0)
    const { body } = await use.as(out).get('/api/auth/me')
    expect(body).toMatchObject({ kind: 'user', sub: 'ada', subscribe: ['own/ada', 'team/*'], publish: ['own/ada'] })
    const lifeMs = Date.parse(String(body.expiresAt)) - Date.now()
    expect(lifeMs).toBeGreaterThan(7_000_000)
    expect(lifeMs).toBeLessThan(7_200_001)
    const wrong = await call(['token', '--sub', 'ada', '--expires', 'soon'])
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('--expires is "soon"') as string })
  })

  it('makes a key, lists it and revokes it', async () => {
    const made = await call(['key', 'create', 'shop', '--scope', 'publish', 'subscribe', '--channel', 'shop/**'])
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^yk_\w/) as string })
    const shop = { ...access(), YAYIN_API_KEY: made.out }
    expect((await call(['publish', 'shop/a', '{}'], shop)).code).toBe(0)
    expect((await call(['publish', 'other', '{}'], shop)).code).toBe(4)
    expect((await call(['key', 'list'])).out).toMatch(/^ID .*\n.*shop +publish,subscribe +shop\/\*\* .*good$/)
    expect((await call(['key', 'revoke', 'shop'])).out).toMatch(/^Revoked shop /)
    expect((await call(['publish', 'shop/a', '{}'], shop)).code).toBe(4)
    expect((await call(['key', 'list'])).err).toContain('yayin key create')
    expect((await call(['key', 'list', '--all', '--json'])).out).toContain('"name":"shop"')
  })
})

describe('yayin', () => {
  it('tells its version, which is that of package.json', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await call(['--version'])).toMatchObject({ code: 0, out: version })
  })

  it('starts a hub, whose key the other commands find in its folder', async () => {
    const dataDir = join(use.server.dataDir, 'of-cli')
    const postgresUrl = inject('postgresUrl')
    const database = postgresUrl ? ['--database-url', await createDatabase(postgresUrl)] : []
    const hub = run(['start', '--port', '0', '--data-dir', dataDir, ...database], { STUN_URLS: '' })
    const url = await until(() => /ready on (http\S+)/.exec(hub.stdout())?.[1], soon)
    const { code, out } = await ended(run(['publish', '{"a":1}', '--url', url], { DATA_DIR: dataDir }))
    expect(code).toBe(0)
    expect(out).toContain('on broadcast')
    hub.kill('SIGTERM')
    expect(await hub.exited).toBe(0)
  })
})
