import { describe, expect, it } from 'vitest'
import { describedConnection } from '../../tests/support/connection-info.ts'
import { createMirrorChanges } from './connection-changes.ts'

const a = describedConnection({ id: 'a' })

describe('mirror changes', () => {
  it('has nothing to write when a connection came and went in between', () => {
    const changes = createMirrorChanges()
    changes.added(a)
    changes.removed('a')
    expect(changes.take()).toEqual({ rows: [], gone: [] })
  })

  it('writes the newest state once when a connection changed twice', () => {
    const changes = createMirrorChanges()
    changes.added(a)
    const newest = { ...a, channels: ['x'] }
    changes.added(newest)
    expect(changes.take()).toEqual({ rows: [newest], gone: [] })
    expect(changes.take()).toEqual({ rows: [], gone: [] })
  })

  it('removes a row when a written connection goes, even with a change pending', () => {
    const changes = createMirrorChanges()
    changes.added(a)
    changes.take()
    changes.added({ ...a, channels: ['x'] })
    changes.removed('a')
    expect(changes.take()).toEqual({ rows: [], gone: ['a'] })
  })

  it('tells once of a connection that was sent something since it was written', () => {
    const changes = createMirrorChanges()
    changes.added(a)
    changes.take()
    expect(changes.hasMoved(a)).toBe(false)
    expect(changes.hasMoved({ ...a, messagesSent: 3 })).toBe(true)
    expect(changes.hasMoved({ ...a, messagesSent: 3 })).toBe(false)
  })

  it('leaves a connection alone when it is not written yet', () => {
    const changes = createMirrorChanges()
    changes.added(a)
    expect(changes.hasMoved({ ...a, messagesSent: 3 })).toBe(false)
  })

  it('forgets what was pending and written when it starts again', () => {
    const changes = createMirrorChanges()
    changes.added(a)
    changes.take()
    changes.removed('a')
    changes.added(describedConnection({ id: 'b' }))
    changes.restart()
    expect(changes.take()).toEqual({ rows: [], gone: [] })
  })
})
