import { stringifyExact } from '../../../../shared/exact-json.ts'
import type { JsonObject } from '../../../../shared/protocol.ts'

/** What is to be published, as code needs it. */
export interface SampleRequest {
  origin: string
  channel: string
  message: JsonObject
  ephemeral: boolean
  /** ISO 8601; null for now. */
  deliverAt: string | null
}

export const SAMPLE_LANGUAGES = ['curl', 'javascript', 'python', 'php'] as const
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number]

/** The key is never part of a sample: it is read from the environment. */
const WRITERS: Record<SampleLanguage, (request: SampleRequest) => string> = {
  curl: (request) =>
    [
      `curl ${shellQuote(addressOf(request))} \\`,
      `  -H "Authorization: Bearer $YAYIN_KEY" \\`,
      `  -H 'Content-Type: application/json' \\`,
      `  -d ${shellQuote(stringifyExact(request.message))}`,
    ].join('\n'),

  javascript: (request) =>
    [
      `const response = await fetch(${JSON.stringify(addressOf(request))}, {`,
      `  method: 'POST',`,
      `  headers: {`,
      `    Authorization: \`Bearer \${process.env.YAYIN_KEY}\`,`,
      `    'Content-Type': 'application/json',`,
      `  },`,
      `  body: ${javascriptBody(request.message)},`,
      `})`,
      `if (!response.ok) throw new Error(await response.text())`,
      `console.log(await response.json())`,
    ].join('\n'),

  python: (request) =>
    [
      `import json, os, urllib.request`,
      ``,
      `message = ${pythonLiteral(exactTextOf(request.message) ?? request.message, '')}`,
      `request = urllib.request.Request(`,
      `    ${JSON.stringify(addressOf(request))},`,
      `    data=${exactTextOf(request.message) === null ? 'json.dumps(message)' : 'message'}.encode(),`,
      `    headers={`,
      `        "Authorization": "Bearer " + os.environ["YAYIN_KEY"],`,
      `        "Content-Type": "application/json",`,
      `    },`,
      `)`,
      `with urllib.request.urlopen(request) as response:`,
      `    print(json.load(response))`,
    ].join('\n'),

  php: (request) =>
    [
      `<?php`,
      `$message = ${phpLiteral(exactTextOf(request.message) ?? request.message, '')};`,
      `$request = curl_init(${phpQuote(addressOf(request))});`,
      `curl_setopt_array($request, [`,
      `    CURLOPT_POSTFIELDS => ${exactTextOf(request.message) === null ? 'json_encode($message)' : '$message'},`,
      `    CURLOPT_HTTPHEADER => [`,
      `        'Authorization: Bearer ' . getenv('YAYIN_KEY'),`,
      `        'Content-Type: application/json',`,
      `    ],`,
      `    CURLOPT_RETURNTRANSFER => true,`,
      `]);`,
      `echo curl_exec($request);`,
    ].join('\n'),
}

/** Writes code that publishes the same message. */
export function writeSample(language: SampleLanguage, request: SampleRequest): string {
  return WRITERS[language](request)
}

function addressOf({ origin, channel, ephemeral, deliverAt }: SampleRequest): string {
  const query = new URLSearchParams({ channel })
  if (ephemeral) query.set('ephemeral', '1')
  if (deliverAt !== null) query.set('deliverAt', deliverAt)
  // A slash may stand in a query as it is, and reads better.
  return `${origin}/api/broadcast?${query.toString().replaceAll('%2F', '/')}`
}

/** The message as JSON text when it holds numbers that these languages would round, as literals; else null. */
function exactTextOf(message: JsonObject): string | null {
  const exact = stringifyExact(message)
  return exact === JSON.stringify(message) ? null : exact
}

function javascriptBody(message: JsonObject): string {
  const exact = exactTextOf(message)
  if (exact !== null) return JSON.stringify(exact)
  return `JSON.stringify(${indent(JSON.stringify(message, null, 2), '  ')})`
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

function indent(text: string, by: string): string {
  return text.replaceAll('\n', `\n${by}`)
}

function pythonLiteral(value: unknown, by: string): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  // JSON's numbers and strings are Python's, too.
  if (typeof value !== 'object') return JSON.stringify(value)
  const inner = `${by}    `
  if (Array.isArray(value))
    return list(
      '[',
      value.map((item) => pythonLiteral(item, inner)),
      ']',
      by,
    )
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item, inner)}`)
  return list('{', members, '}', by)
}

function phpLiteral(value: unknown, by: string): string {
  if (typeof value === 'string') return phpQuote(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const inner = `${by}    `
  if (Array.isArray(value))
    return list(
      '[',
      value.map((item) => phpLiteral(item, inner)),
      ']',
      by,
    )
  const members = Object.entries(value).map(([key, item]) => `${phpQuote(key)} => ${phpLiteral(item, inner)}`)
  // An empty array would be written as a list.
  return members.length === 0 ? 'new stdClass()' : list('[', members, ']', by)
}

function phpQuote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`
}

function list(open: string, items: readonly string[], close: string, by: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map((item) => `${by}    ${item},\n`).join('')}${by}${close}`
}
