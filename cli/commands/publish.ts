import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { broadcast, type Receipt } from '../../shared/api.ts'
import { isoTime } from '../../shared/operation.ts'
import { MAX_BATCH } from '../../shared/protocol.ts'
import type { ScheduledReceipt } from '../../shared/scheduled.ts'
import { checkChannel, checkIdempotencyKey, cutShort, shown } from '../arguments.ts'
import { usageFailure } from '../failure.ts'
import { callHub } from '../hub-api.ts'
import { addHubOptions, type HubAccess, type HubOptions, readHubAccess } from '../hub-options.ts'
import type { Terminal } from '../terminal.ts'

interface PublishOptions extends HubOptions {
  ephemeral?: boolean
  at?: string
  idempotencyKey?: string
  lines?: boolean
  json?: boolean
}

type AnyReceipt = Receipt | ScheduledReceipt
type Answer = AnyReceipt | { messages: AnyReceipt[] }

const EXAMPLE = `a message is a JSON object, such as '{"text":"hello"}'`

/** Adds `yayin publish [channel] <json>|-`. */
export function addPublish(program: Command, terminal: Terminal): void {
  const command = program
    .command('publish')
    .summary('publish a message')
    .description('Publishes one message, or an array of up to 1000 (all or none), and tells once it is durable.')
    .argument('[channel]', 'may be left out: it is the message’s own then, or broadcast')
    .argument('[message]', 'a JSON object or an array of them; - reads it from standard input')
    .option('--ephemeral', 'deliver it now and keep it nowhere')
    .option('--at <time>', 'publish it at this time (ISO 8601)')
    .option('--idempotency-key <key>', 'publish it once, however often this is run within 5 minutes')
    .option('--lines', 'with -: every line of standard input is a message, published as it comes')
    .option('--json', 'print the hub’s answer as it is')
  addHubOptions(command).action((first: string | undefined, second: string | undefined, options: PublishOptions) =>
    publish(readArguments(first, second), options, terminal),
  )
}

/** One argument is the message, two are channel and message. */
function readArguments(first: string | undefined, second: string | undefined): { channel?: string; message: string } {
  if (first === undefined) throw usageFailure(`There is nothing to publish; ${EXAMPLE}`)
  return second === undefined ? { message: first } : { channel: first, message: second }
}

/** What can be known to be wrong without asking the hub. @throws CliFailure */
function check(channel: string | undefined, { at, ephemeral, idempotencyKey }: PublishOptions): void {
  if (channel !== undefined) checkChannel(channel)
  if (at !== undefined && !isoTime.safeParse(at).success) {
    throw usageFailure(`--at is ${shown(at)}; give a time such as ${new Date().toISOString()}`)
  }
  if (at !== undefined && ephemeral) throw usageFailure('--at and --ephemeral exclude each other; give one of them')
  if (idempotencyKey !== undefined) checkIdempotencyKey(idempotencyKey)
}

async function publish(what: { channel?: string; message: string }, options: PublishOptions, terminal: Terminal) {
  check(what.channel, options)
  const access = readHubAccess(options, terminal)
  const send = async (json: string) => {
    const answer = await post(readMessage(json), what.channel, options, access)
    terminal.print(options.json ? JSON.stringify(answer) : tellAnswer(answer))
  }
  if (what.message !== '-') return send(what.message)
  if (!options.lines) return send(await text(Readable.from(terminal.stdin)))
  for await (const line of createInterface({ input: Readable.from(terminal.stdin) })) {
    if (line.trim() !== '') await send(line)
  }
}

/** Reads what is to be published. @throws CliFailure when it is no JSON object, nor an array */
export function readMessage(json: string): object {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (error) {
    throw usageFailure(`The message is no JSON (${(error as Error).message}); ${EXAMPLE}`)
  }
  const messages = Array.isArray(value) ? (value as unknown[]) : [value]
  const wrong = messages.find((message) => typeof message !== 'object' || message === null || Array.isArray(message))
  if (wrong !== undefined) throw usageFailure(`The message is ${cutShort(JSON.stringify(wrong))}; ${EXAMPLE}`)
  if (messages.length >= 1 && messages.length <= MAX_BATCH) return value as object
  throw usageFailure(`There are ${messages.length} messages; a batch has 1–${MAX_BATCH}`)
}

function post(body: object, channel: string | undefined, options: PublishOptions, access: HubAccess): Promise<Answer> {
  const query = { channel, ephemeral: options.ephemeral ? '1' : undefined, deliverAt: options.at }
  const { idempotencyKey } = options
  const headers = { ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }) }
  return callHub(broadcast, access, { query, body, headers })
}

/** Says in one line, or one for each message of a batch, what became of it. */
export function tellAnswer(answer: Answer): string {
  const receipts = 'messages' in answer ? answer.messages : [answer]
  return receipts.map(tellReceipt).join('\n')
}

function tellReceipt(receipt: AnyReceipt): string {
  if ('deliverAt' in receipt)
    return `Scheduled for ${receipt.deliverAt} on ${receipt.channel} as ${receipt.scheduledId}`
  const { id, channel, recipients } = receipt
  const reached = `${recipients} ${recipients === 1 ? 'connection' : 'connections'} of this node`
  return id === undefined ? `Sent to ${reached} on ${channel}` : `Published ${id} on ${channel}, to ${reached}`
}
