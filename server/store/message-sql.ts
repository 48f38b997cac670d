import { and, eq, gt, gte, lt, lte, type SQL, sql } from 'drizzle-orm'
import type { FieldTerm } from '../../shared/message-search.ts'
import { messages } from '../../shared/schema.ts'
import { channelCondition } from './channel-sql.ts'
import { likePatterns } from './like.ts'
import { storableText } from './storable.ts'

/** What to search for; what is left out does not narrow the search. */
export interface MessageFilters {
  /** Part of the message's JSON text, whatever its case. */
  q?: string | undefined
  /** Name or pattern. */
  channel?: string | undefined
  type?: string | undefined
  /** The publishing user's `sub`. */
  from?: string | undefined
  /** All of them have to hold. */
  field?: readonly FieldTerm[] | undefined
  /** ISO 8601; both ends count as inside. */
  since?: string | undefined
  until?: string | undefined
  /** Only older ones than this offset, or newer ones. */
  before?: number | undefined
  after?: number | undefined
}

/** Condition on the table of messages; undefined when all fit. */
export function messageCondition(filters: MessageFilters): SQL | undefined {
  const { q, channel, type, from, field = [], since, until, before, after } = filters
  return and(
    channel === undefined ? undefined : channelCondition([channel]),
    // The log cuts a long type short when it writes the column.
    type === undefined ? undefined : eq(messages.type, storableText(type, 200)),
    from === undefined ? undefined : eq(messages.sender, storableText(from)),
    since === undefined ? undefined : gte(messages.timestamp, new Date(since)),
    until === undefined ? undefined : lte(messages.timestamp, new Date(until)),
    before === undefined ? undefined : lt(messages.offset, before),
    after === undefined ? undefined : gt(messages.offset, after),
    q === undefined ? undefined : holds(likePatterns(q)),
    ...field.map(fieldCondition),
  )
}

function holds(patterns: readonly string[]): SQL {
  return sql`${messages.body} ilike any(${sql.param(patterns)}::text[])`
}

/**
 * `message_fields` gives the texts of what stands at a path, of a list all its items; nothing for a message that
 * PostgreSQL cannot read as JSON. It is asked last, and of those alone whose text holds the field's name.
 */
function fieldCondition({ path, operator, value }: FieldTerm): SQL {
  const names = path.filter((name) => !/^\d+$/.test(name))
  const named = names.map((name) => holds(likePatterns(JSON.stringify(name))))
  const found = sql`message_fields(${messages.body}, ${sql.param(path.map((name) => storableText(name)))}::text[])`
  return sql`case when ${and(...named) ?? sql`true`} then exists (
    select from unnest(${found}) as found (value) where ${comparison(operator, value)}
  ) else false end`
}

const NUMBER = sql`(case when found.value ~ '^-?[0-9]{1,30}([.][0-9]{1,30})?$' then found.value::numeric end)`

function comparison(operator: FieldTerm['operator'], value: string): SQL {
  if (operator === '=') return value === '*' ? sql`true` : sql`found.value = ${storableText(value)}`
  return sql`${NUMBER} ${sql.raw(operator)} ${value}::numeric`
}
