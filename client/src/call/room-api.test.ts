import { afterEach, expect, it, vi } from 'vitest'
import { createRoomApi, requestJoin } from './room-api.ts'

const HUB = 'https://hub.example'

/** Answers every request with a status, and notes who asked for what. */
function answerWith(statusOf: (path: string, token: string | null) => number): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: URL, { headers }: { headers: Record<string, string> }) => {
    const token = headers['authorization'] ?? null
    asked.push(`${url.pathname} ${token}`)
    const status = statusOf(url.pathname, token)
    return Response.json(status === 200 ? { ok: true } : { status, code: 'no', detail: 'no' }, { status })
  })
  return asked
}

afterEach(() => vi.unstubAllGlobals())

it('joins as a guest when the host’s token is of a room that has ended', async () => {
  const asked = answerWith((_path, token) => (token === null ? 200 : 401))
  const join = { hub: HUB, roomId: 'daily', hostToken: 'yh_old', body: { displayName: 'Ada' } }
  await expect(requestJoin(join)).resolves.toEqual({ ok: true })
  const path = '/api/video/rooms/daily/join'
  expect(asked).toEqual([`${path} Bearer yh_old`, `${path} null`])
})

it('asks once when the room says no for another reason', async () => {
  const asked = answerWith(() => 409)
  const join = { hub: HUB, roomId: 'daily', hostToken: 'yh_good', body: { displayName: 'Ada' } }
  await expect(requestJoin(join)).rejects.toMatchObject({ problem: { status: 409 } })
  expect(asked).toHaveLength(1)
})

it.each([
  [410, true],
  [200, false],
  [503, false],
])('tells by %i of the lobby whether the room has ended: %s', async (status, hasEnded) => {
  // A token of a stay that is over is refused alike, whatever ended it.
  answerWith((path) => (path.endsWith('/lobby') ? status : 403))
  expect(await createRoomApi(HUB, 'daily', 'p1', 'token').hasEnded()).toBe(hasEnded)
})
