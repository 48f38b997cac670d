import { expect, it } from 'vitest'
import { callCli } from '../tests/support/run-cli.ts'

/** Nothing listens there: whoever asks it ends with 3. */
const NOWHERE = { YAYIN_URL: 'http://127.0.0.1:9' }
const LONG = 'x'.repeat(300)

it.each<[string[], RegExp]>([
  [['token', '--sub', 'ada', '--subscribe', 'a b'], /"a b" is no channel: a channel name is .*; in a pattern, \*/],
  [['token', '--sub', 'ada', '--publish', 'ok', 'a//b'], /"a\/\/b" is no channel/],
  [['token', '--sub', 'ada', '--subscribe', 'room/*'], /no token gives rights to "room\/\*"/],
  [['token', '--sub', ''], /--sub is ""; give 1–255 characters on one line/],
  [['token', '--sub', LONG], /--sub is "x{100}…"; give/],
  [['token', '--sub', 'ada', '--name', 'a\nb'], /--name is "a\\nb"; give 1–200/],
  [['token', '--sub', 'ada', '--expires', '366d'], /--expires is "366d"; .*at most 365d/],
  [['key', 'create', ' ', '--scope', 'publish'], /the name is " "; give 1–200/],
  [['key', 'create', 'shop', '--scope', 'publish', '--channel', 'shop/'], /"shop\/" is no channel/],
  [['key', 'create', 'shop', '--scope', 'publish', '--expires', '999999999w'], /at most 36500d/],
  [['key', 'create', 'shop', '--scope', 'everything'], /'everything' is invalid.*publish/],
  [['tail', 'a b'], /"a b" is no channel/],
  [['tail', LONG], /"x{100}…" is no channel/],
  [['tail', 'a', '--last', '0'], /--last is "0"; give a whole number/],
  [['tail', 'a', '--since', 'yesterday'], /--since is "yesterday"; give the id of a message/],
  [['tail', 'a', '--url', 'ftp://hub'], /"ftp:\/\/hub" is no address/],
  [['tail', 'a', '--key', ''], /--key is ""; give letters/],
  [['tail', 'a', '--key', 'yk_gizli_ş'], /--key is "\*{3}"; give letters/],
  [['publish', 'a/*', '{}'], /"a\/\*" is no channel/],
  [['publish', 'a', '{}', '--at', 'soon'], /--at is "soon"/],
  [['publish', 'a', '{}', '--at', '2030-01-01T00:00:00Z', '--ephemeral'], /exclude each other/],
  [['publish', 'a', '{}', '--idempotency-key', 'ö'], /--idempotency-key is "ö"/],
  [['publish', 'a', '[]'], /There are 0 messages; a batch has 1–1000/],
  [['publish', 'a', '[{}, 7]'], /The message is 7; a message is a JSON object/],
  [['doctor', 'hub'], /"hub" is no address/],
  [['doctor', 'http://127.0.0.1:9', '--channel', 'a b'], /"a b" is no channel/],
  [['doctor', 'http://127.0.0.1:9', '--idle', '9w'], /--idle is "9w".*at most 1d/],
  [['doctor', 'http://127.0.0.1:9', '--origin', 'app'], /--origin is "app"/],
  [['start', '--data-dir', ''], /--data-dir is empty/],
])('ends with 2 and one line of its own when %j is wrong', async (args, words) => {
  const { code, out, err } = await callCli(args, NOWHERE)
  expect(err).toMatch(words)
  expect([code, out, err.split('\n')]).toEqual([2, '', [err]])
})

it('names the variable when it is that which is wrong', async () => {
  const { code, err } = await callCli(['tail', 'a'], { ...NOWHERE, YAYIN_API_KEY: 'a key' })
  expect([code, err]).toEqual([2, expect.stringMatching(/^yayin: YAYIN_API_KEY is "\*{3}"/)])
})
