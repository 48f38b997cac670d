import { VARIABLES, type Variable } from '../server/config-variables.ts'

/** Where the page lies that configurationPage() fills. */
export const CONFIGURATION_PAGE = new URL('../docs/configuration.md', import.meta.url)

const HEAD = `# Configuration

<!-- Made from server/config-variables.ts by \`npm run docs\`. -->

Yayın reads these environment variables once, at start. All of them are optional, and an empty one counts as not set
(but for \`STUN_URLS\`, where empty means none). A wrong value ends the start with exit code 2 and a line that names the
variable, its value and what is allowed; secrets are not shown. What can change while the server runs is not here but
among the settings of the dashboard and of \`/api/settings\`.

| name | default | allowed | meaning |
| --- | --- | --- | --- |
`

/** Returns docs/configuration.md as it should be. */
export function configurationPage(): string {
  return HEAD + Object.entries(VARIABLES).map(row).join('')
}

function row([name, variable]: [string, Variable]): string {
  const cells = [`\`${name}\``, defaultOf(variable), variable.allowed, variable.description]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}

function defaultOf(variable: Variable): string {
  if (variable.without !== undefined) return variable.without
  return variable.default ? `\`${variable.default}\`` : '–'
}
