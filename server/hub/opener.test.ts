import { afterEach, beforeEach, expect, it } from 'vitest'
import { startHub, type TestHub, turn } from '../../tests/support/hub.ts'

let test: TestHub
beforeEach(async () => {
  test = await startHub()
  await test.publish('a', 1, 2)
})
afterEach(() => test.hub.stop())

it('reads on when the log, once asked, turns out to hold a position that was not known here', async () => {
  const { log, connect } = test
  log.catchUp = async () => {
    await test.publish('a', 3, 4)
  }
  const { sink, connection } = connect({ channels: ['a'] }, 'e.3')
  await connection.settled
  expect(sink.lines[0]).toMatchObject({ frame: { resume: { status: 'complete' } }, id: 'e.3' })
  expect(sink.numbers).toEqual([4])
})

it('tells a gap when the log, once asked, has never had the position', async () => {
  const { sink, connection } = test.connect({ channels: ['a'] }, 'e.9')
  await connection.settled
  expect(sink.lines[0]).toMatchObject({ frame: { resume: { status: 'gap', reason: 'invalid', from: 'e.9' } } })
})

it.each(['e.9', 'f.1'])('says nothing and ends when the log can not be asked about %s', async (lastEventId) => {
  test.log.catchUp = () => Promise.reject(new Error('the log is away'))
  const { sink, connection, ended } = test.connect({ channels: ['a'] }, lastEventId)
  await connection.settled
  await turn()
  expect(sink.lines).toEqual([])
  expect(ended).toEqual(['error'])
  expect(test.heard.replayFailed).toHaveLength(1)
})

it('answers without asking when the position is known here', async () => {
  test.log.catchUp = () => Promise.reject(new Error('the log is away'))
  const { sink, connection } = test.connect({ channels: ['a'] }, 'e.1')
  await connection.settled
  expect(sink.numbers).toEqual([2])
})
