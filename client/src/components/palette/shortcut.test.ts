import { describe, expect, it } from 'vitest'
import { PAGE_LETTERS, readShortcut, type Press } from './shortcut.ts'

const press = (key: string, part: Partial<Press> = {}) =>
  readShortcut({ key, ctrlOrMeta: false, alt: false, isTaken: false, isAfterG: false, singleKeys: true, ...part })

describe('readShortcut', () => {
  it('opens the palette by Ctrl K, even when a field has the focus or single keys are off', () => {
    expect(press('k', { ctrlOrMeta: true })).toEqual({ kind: 'palette' })
    expect(press('K', { ctrlOrMeta: true, isTaken: true, singleKeys: false })).toEqual({ kind: 'palette' })
  })

  it('goes to a page when g came before its letter', () => {
    expect(press('g')).toEqual({ kind: 'await-page' })
    expect(press('k', { isAfterG: true })).toEqual({ kind: 'page', name: 'keys' })
    expect(press('k')).toBeNull()
  })

  it('waits on when g is pressed twice', () => {
    expect(press('g', { isAfterG: true })).toEqual({ kind: 'await-page' })
  })

  it.each(['?', 'g'])('leaves %s alone when it is typed, or switched off', (key) => {
    expect(press(key, { isTaken: true })).toBeNull()
    expect(press(key, { singleKeys: false })).toBeNull()
  })

  it.each(['k', 'g', '?'])('leaves Alt %s to the browser', (key) => {
    expect(press(key, { alt: true, ctrlOrMeta: true })).toBeNull()
  })

  it('has a letter of its own for each page', () => {
    const letters = Object.values(PAGE_LETTERS)
    expect(new Set(letters).size).toBe(letters.length)
    expect(letters).not.toContain('g')
  })
})
