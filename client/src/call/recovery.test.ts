import { expect, it } from 'vitest'
import { type Health, NEW, nextRemedy, onConnectionState, type Remedy, shownAs } from './recovery.ts'

const impolite = (nowMs: number) => ({ nowMs, polite: false })
const polite = (nowMs: number) => ({ nowMs, polite: true })
const well = onConnectionState(NEW, 'connected', impolite(0))

/** Does what is due `times` times, and fails each time. */
function fail(health: Health, times: number): { remedies: Remedy[]; health: Health } {
  const remedies: Remedy[] = []
  let now = health
  for (let i = 0; i < times && now.kind === 'ill'; i++) {
    const next = nextRemedy(now, now.atMs)
    remedies.push(next.remedy)
    now = next.health
  }
  return { remedies, health: now }
}

it('gives the browser’s own checks a moment when a connection is interrupted', () => {
  expect(onConnectionState(well, 'disconnected', impolite(1000))).toMatchObject({ kind: 'ill', atMs: 2500 })
})

it('lets the impolite side go first when both see it', () => {
  const [first, second] = [impolite(0), polite(0)].map((at) => onConnectionState(well, 'disconnected', at))
  expect((second as { atMs: number }).atMs).toBeGreaterThan((first as { atMs: number }).atMs)
})

it('acts at once when a connection has failed', () => {
  expect(onConnectionState(well, 'failed', impolite(1000))).toMatchObject({ kind: 'ill', atMs: 1000, wasWell: true })
})

it('does not hurry a second attempt when it fails at once again', () => {
  const failed = onConnectionState(well, 'failed', impolite(0)) as Health & { kind: 'ill' }
  const { health } = nextRemedy(failed, 0)
  expect(onConnectionState(health, 'failed', impolite(10))).toMatchObject({ atMs: 1010 })
})

it('is well again when it connects, whatever was before', () => {
  const { health } = fail(onConnectionState(well, 'failed', impolite(0)), 9)
  expect(onConnectionState(health, 'connected', impolite(0))).toEqual({ kind: 'well' })
})

it('restarts three times, then replaces the connection, and so on', () => {
  const { remedies } = fail(onConnectionState(well, 'failed', impolite(0)), 8)
  const round = ['restart', 'restart', 'restart', 'replace']
  expect(remedies).toEqual([...round, ...round])
})

it('waits longer each time, and never longer than 15 s', () => {
  let health = onConnectionState(well, 'failed', impolite(0))
  const waits: number[] = []
  for (let i = 0; i < 6 && health.kind === 'ill'; i++) {
    const next = nextRemedy(health, 0)
    health = next.health
    waits.push((health as { atMs: number }).atMs)
  }
  expect(waits).toEqual([4000, 8000, 15_000, 15_000, 15_000, 15_000])
})

it('tells a person what they would call it', () => {
  expect(shownAs(NEW)).toBe('connecting')
  expect(shownAs(onConnectionState(NEW, 'connecting', impolite(0)))).toBe('connecting')
  expect(shownAs(well)).toBe('connected')
  const cut = onConnectionState(well, 'disconnected', impolite(0))
  expect(shownAs(cut)).toBe('reconnecting')
  expect(shownAs(fail(cut, 3).health)).toBe('failed')
})
