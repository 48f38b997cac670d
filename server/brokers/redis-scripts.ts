/**
 * How far ahead offsets are taken up when some may have been given away that the log does not know any more: further than
 * a replica can have been behind.
 */
const MARGIN = 1_000_000

/*
 * Both scripts begin with it. KEYS: 1 the stream, 2 the state. The state knows which primary it was written on: when
 * that is another one than now, or the same one after a restart, the newest messages may have been lost with it, and
 * offsets go on far after those that may have been given away (between `base` and `ahead`). If one of them was answered
 * for (`answered`), clients must not think that nothing is missing: the log gets a new epoch. `ahead` itself was never
 * given away: whoever has heard of it knows no more than where the log goes on.
 */
const PRELUDE = `
local function text(n) return string.format('%.0f', n) end
local function field(name) return redis.call('HGET', KEYS[2], name) end
local function number(name) return tonumber(field(name) or '0') end

local info = redis.pcall('INFO', 'replication')
if type(info) == 'table' then info = '' end
local primary = string.match(info, 'master_replid:(%w+)') or ''
local replicas = 0
for _ in string.gmatch(info, 'state=online') do replicas = replicas + 1 end

local function begin(epoch, after)
  local trimmed = number('trimmed')
  if redis.call('EXISTS', KEYS[1]) == 0 then trimmed = after end
  redis.call('HSET', KEYS[2], 'epoch', epoch, 'head', text(after), 'floor', text(after), 'trimmed', text(trimmed),
    'primary', primary)
  redis.call('HDEL', KEYS[2], 'base', 'ahead')
end

local function isThere()
  return field('epoch') and (number('head') == number('floor') or redis.call('EXISTS', KEYS[1]) == 1)
end

local function settle(freshEpoch, answered)
  local head = number('head')
  if field('primary') ~= primary then
    local ahead = head + ${MARGIN}
    redis.call('HSET', KEYS[2], 'primary', primary, 'base', text(head), 'ahead', text(ahead), 'head', text(ahead))
    head = ahead
  end
  if field('base') and answered > number('base') and answered < number('ahead') then begin(freshEpoch, head) end
end
`

/**
 * Tells how the log stands, and begins one where there is none, or one that lacks what is known to have been in it.
 * ARGV: a fresh epoch, the offset that is known, the newest offset that was answered for. Returns epoch, head, floor,
 * trimmed, and the number of replicas.
 */
export const OPEN = `${PRELUDE}
local fresh, known = ARGV[1], tonumber(ARGV[2])
if not isThere() then
  local after = math.max(known, number('head'))
  begin(fresh, after > 0 and after + ${MARGIN} or 0)
else
  settle(fresh, tonumber(ARGV[3]))
  if known > number('head') then begin(fresh, known + ${MARGIN}) end
end
-- Written in any case: whoever waits for it to reach a replica knows that all before it has.
redis.call('HSET', KEYS[2], 'opened', fresh)
local result = redis.call('HMGET', KEYS[2], 'epoch', 'head', 'floor', 'trimmed')
result[#result + 1] = text(replicas)
return result
`

/** Writes something that says nothing, so that it can be waited for; returns the number of replicas. */
export const PROBE = `${PRELUDE}
redis.call('HINCRBY', KEYS[2], 'probes', 1)
return replicas
`

/**
 * Appends a group. ARGV: the epoch that the log has to have, a fresh one, the newest offset that was answered for; then
 * for each append the number of its messages, the number of its marks (further KEYS, in order), how long they stand in
 * seconds, the answer to keep in them, and for each message channel, text and excluded connection. An append one of whose
 * marks is there already is left out.
 *
 * Returns nil when the log is another one; else the offset before the group, the number of replicas that are connected,
 * and each append's first offset (0: left out).
 */
export const APPEND = `${PRELUDE}
if not isThere() then return nil end
settle(ARGV[2], tonumber(ARGV[3]))
local epoch = field('epoch')
if epoch ~= ARGV[1] then return nil end

local before = number('head')
local offset = before
local result = { text(before), replicas }
local arg, key = 4, 3
local time = redis.call('TIME')
local now = text(time[1] * 1000 + math.floor(time[2] / 1000))

while arg <= #ARGV do
  local messages, marks = tonumber(ARGV[arg]), tonumber(ARGV[arg + 1])
  local ttl, answer = ARGV[arg + 2], ARGV[arg + 3]
  arg = arg + 4
  local taken = false
  for i = key, key + marks - 1 do
    if redis.call('EXISTS', KEYS[i]) == 1 then taken = true end
  end
  if taken then
    arg = arg + 3 * messages
    result[#result + 1] = '0'
  else
    local first = text(offset + 1)
    for i = key, key + marks - 1 do
      redis.call('SET', KEYS[i], epoch .. ' ' .. first .. ' ' .. now .. ' ' .. answer, 'EX', ttl)
    end
    for _ = 1, messages do
      offset = offset + 1
      local id = text(offset) .. '-0'
      if ARGV[arg + 2] == '' then redis.call('XADD', KEYS[1], id, 'c', ARGV[arg], 'b', ARGV[arg + 1])
      else redis.call('XADD', KEYS[1], id, 'c', ARGV[arg], 'b', ARGV[arg + 1], 'x', ARGV[arg + 2]) end
      arg = arg + 3
    end
    result[#result + 1] = first
  end
  key = key + marks
end
redis.call('HSET', KEYS[2], 'head', text(offset))
return result
`

/** Lets messages go. ARGV: the offset up to and with which. The state is changed first: a gap is told, never silent. */
export const TRIM = `
local through = tonumber(ARGV[1])
local head = tonumber(redis.call('HGET', KEYS[2], 'head') or '0')
local trimmed = tonumber(redis.call('HGET', KEYS[2], 'trimmed') or '0')
if through > head or through <= trimmed then return 0 end
redis.call('HSET', KEYS[2], 'trimmed', ARGV[1])
return redis.call('XTRIM', KEYS[1], 'MINID', string.format('%.0f', through + 1) .. '-0')
`
