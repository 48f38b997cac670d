import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { readConfig } from '../../server/config.ts'
import type { Finding } from '../doctor/finding.ts'
import { lookInside } from '../doctor/inside/index.ts'
import { lookFromOutside } from '../doctor/outside/index.ts'
import { formatFinding, summarize } from '../doctor/report.ts'
import { checkChannel, shown } from '../arguments.ts'
import { readSeconds } from '../duration.ts'
import { CliFailure, EXIT, usageFailure } from '../failure.ts'
import { type HubAccess, readHubAccess } from '../hub-options.ts'
import type { Terminal } from '../terminal.ts'

interface DoctorOptions {
  key?: string
  idle: string
  channel?: string
  origin?: string
  json?: boolean
}

/** Adds `yayin doctor [url]`. */
export function addDoctor(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .summary('look for what is wrong')
    .description(
      'Looks at a hub from outside, by its address; or, without one, at all that the hub of this folder and environment ' +
        'needs (database, broker, TURN, MQTT, disk, limits), and at its address. Ends with 1 when something fails.',
    )
    .argument('[url]', 'address of a hub; nothing but that is needed to look from outside')
    .option('--key <key>', 'API key or token to follow with; else YAYIN_API_KEY')
    .option('--idle <duration>', 'how long to hold a stream without a message; 0 for not at all', '30s')
    .option('--channel <name>', 'channel to follow; else one below public/ that nobody uses')
    .option('--origin <origin>', 'other origin whose pages are to be let in, such as https://app.example.org')
    .option('--json', 'one finding a line, as JSON')
    .action((url: string | undefined, options: DoctorOptions) => examine(url, options, terminal))
}

async function examine(url: string | undefined, options: DoctorOptions, terminal: Terminal): Promise<void> {
  const findings: Finding[] = []
  for await (const finding of looks(url, options, terminal)) {
    findings.push(finding)
    terminal.print(options.json ? JSON.stringify(finding) : formatFinding(finding, terminal.paint))
  }
  if (!options.json) terminal.print(`\n${summarize(findings)}`)
  // The report has said it all.
  if (findings.some(({ outcome }) => outcome === 'fail')) throw new CliFailure(EXIT.failed, '')
}

async function* looks(url: string | undefined, options: DoctorOptions, terminal: Terminal): AsyncGenerator<Finding> {
  const idleMs = options.idle === '0' ? 0 : readSeconds(options.idle, '--idle', 1) * 1000
  if (options.channel !== undefined) checkChannel(options.channel)
  const origin = options.origin === undefined ? null : readOrigin(options.origin)
  const config = url === undefined ? readConfig(terminal.env) : null
  const access = accessTo(url ?? config?.publicUrl ?? undefined, options, terminal)
  if (config !== null) yield* lookInside(config, access)
  if (idleMs > 0 && terminal.isInteractive && !options.json) {
    terminal.note(terminal.paint('dim', `  Looking at ${access.url}; a stream is held for ${idleMs / 1000} s …`))
  }
  // Others' messages would push out what something holds back.
  const { channel = `public/doctor/${randomUUID()}` } = options
  yield* lookFromOutside({ ...access, channel, idleMs, origin, signal: terminal.interrupted() })
}

function accessTo(url: string | undefined, { key }: DoctorOptions, terminal: Terminal): HubAccess {
  return readHubAccess({ ...(url !== undefined && { url }), ...(key !== undefined && { key }) }, terminal)
}

function readOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text
  throw usageFailure(`--origin is ${shown(text)}; give scheme, name and port alone: https://app.example.org`)
}
