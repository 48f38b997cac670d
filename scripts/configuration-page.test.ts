import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { VARIABLES } from '../server/config-variables.ts'
import { CONFIGURATION_PAGE, configurationPage } from './configuration-page.ts'

it('has a row for every variable when the page is made', () => {
  const names = [...configurationPage().matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1])
  expect(names).toEqual(Object.keys(VARIABLES))
})

it('is current when compared with the page in the repository (npm run docs)', () => {
  expect(readFileSync(CONFIGURATION_PAGE, 'utf8')).toBe(configurationPage())
})
