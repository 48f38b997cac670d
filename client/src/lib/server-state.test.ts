import { expect, it } from 'vitest'
import { stateBy } from './server-state.ts'

const page = (script: string) => `<html><script type="module" src="${script}"></script><div id="root"></div></html>`

it('is the same release while the page names the same script', () => {
  expect(stateBy(page('/hub/assets/index-a1.js'), '/hub/assets/index-a1.js')).toBe('same')
})

it('is another release when the page names another script', () => {
  expect(stateBy(page('/assets/index-b2.js'), '/assets/index-a1.js')).toBe('updated')
})

it.each(['', '<html><h1>502 Bad Gateway</h1></html>'])('is away when %j comes in place of the page', (html) => {
  expect(stateBy(html, '/assets/index-a1.js')).toBe('away')
})
