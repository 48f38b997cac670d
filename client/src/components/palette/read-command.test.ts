import { expect, it } from 'vitest'
import { readCommand } from './read-command.ts'

const read = (typed: string) => readCommand(typed, ['disconnect', 'kes'])

it('asks for a connection to close when the verb comes first, in either language', () => {
  expect(read('disconnect alice')).toEqual({ kind: 'disconnect', text: 'alice' })
  expect(read(' KES ')).toEqual({ kind: 'disconnect', text: '' })
})

it('searches when the verb is no whole word, or does not come first', () => {
  expect(read('keskin ')).toEqual({ kind: 'search', text: 'keskin' })
  expect(read('alice disconnect ')).toEqual({ kind: 'search', text: 'alice disconnect' })
})
