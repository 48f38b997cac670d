import { readFileSync, writeFileSync } from 'node:fs'
import { CONFIGURATION_PAGE, configurationPage } from './configuration-page.ts'
import { GUIDES, withEndpoints } from './endpoints.ts'

writeFileSync(CONFIGURATION_PAGE, configurationPage())
for (const { file, language } of GUIDES) {
  const path = new URL(`../${file}`, import.meta.url)
  writeFileSync(path, withEndpoints(readFileSync(path, 'utf8'), language))
}
