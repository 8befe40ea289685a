/** Lua: the keys of a room, what changes them, and what participants and hosts ask; as `MemoryRooms` decides it. */
export const ROOMS = `
local prefix, a = KEYS[1], cjson.decode(ARGV[2])
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local nowUs = string.format('%.0f', time[1] * 1000000 + time[2])
local DAY_MS = 86400000
local due, relays = prefix .. 'due', prefix .. 'relays'
local room, info, members, knocks
local last = ''

local function key(kind, name) return prefix .. kind .. ':' .. name end

local function go(name)
  room, info, members, knocks = name, key('room', name), key('members', name), key('knocks', name)
end

local function keep()
  for _, name in ipairs({info, members, knocks}) do redis.call('PEXPIRE', name, DAY_MS) end
end

local function get(hash, id)
  local text = redis.call('HGET', hash, id)
  return text and cjson.decode(text) or nil
end

local function put(hash, record)
  redis.call('HSET', hash, record.id, cjson.encode(record))
  redis.call('SADD', key('at', record.relay), room)
  redis.call('PEXPIRE', key('at', record.relay), DAY_MS)
end

local function later(kind, id, ms)
  redis.call('ZADD', due, nowMs + ms, kind .. '/' .. room .. '/' .. id)
end

local function drop(kind, id)
  redis.call('HDEL', kind == 'member' and members or knocks, id)
  redis.call('ZREM', due, kind .. '/' .. room .. '/' .. id)
end

local function tell(fact)
  local before = redis.call('HGET', info, 'seq') or '0'
  last = before == '0' and nowUs or string.format('%.0f', before + 1)
  redis.call('HSET', info, 'seq', last)
  if before == '0' then redis.call('HSET', info, 'born', last) end
  keep()
  fact.room, fact.before, fact.seq = room, before, last
  redis.call('PUBLISH', prefix .. 'facts', cjson.encode(fact))
end

local function tidy()
  if redis.call('HLEN', members) > 0 then return end
  redis.call('HDEL', info, 'locked')
  if redis.call('HLEN', knocks) == 0 then redis.call('DEL', info) end
end

local function bar(name, ms)
  local at = key('bar', room .. '/' .. name)
  if ms > 0 and redis.call('PTTL', at) < ms then redis.call('SET', at, 1, 'PX', string.format('%.0f', ms)) end
end

local function barred(name) return redis.call('EXISTS', key('bar', room .. '/' .. name)) == 1 end

local function removed(record)
  return barred('id/' .. record.id) or (record.sub and barred('sub/' .. record.sub))
end

local function seat(record, again)
  local before = get(members, record.id)
  record.n = before and before.n or redis.call('HINCRBY', info, 'order', 1)
  record.again = again
  drop('member', record.id)
  put(members, record)
  tell({ fact = 'entered', record = record })
end

local function wait(record)
  put(knocks, record)
  later('knock', record.id, record.waitMs)
  tell({ fact = 'knocked', record = record })
end

local function hold(record, ms, reason)
  record.socket = ''
  put(members, record)
  later('member', record.id, ms)
  tell({ fact = 'held', id = record.id, reason = reason })
end

local function giveUp(record, reason)
  drop('member', record.id)
  tell({ fact = 'left', id = record.id, reason = reason })
  tidy()
end

local function endKnock(record, how)
  drop('knock', record.id)
  tell({ fact = 'knock-ended', id = record.id, how = how })
  tidy()
end

local ops = {}

function ops.enter()
  local record = a.record
  local free = a.isHost or a.returning
  if removed(record) then return 'removed' end
  if a.returning and barred('farewell/' .. record.id) then return 'resume-refused' end
  if not get(members, record.id) then
    local size = redis.call('HLEN', members)
    if not a.isHost and barred('ended') then return 'room-ended' end
    if not free and redis.call('HEXISTS', info, 'locked') == 1 then return 'room-locked' end
    if size >= a.capacity then return 'room-full' end
    if not free and record.waitMs then
      if redis.call('HLEN', knocks) >= a.most then return 'rate-limited' end
      wait(record)
      return ''
    end
    if size == 0 and not a.mayCreate and not a.returning then return 'forbidden' end
  end
  seat(record, a.returning)
  return ''
end

function ops.revise()
  local record = get(members, a.record.id)
  if record and record.socket == a.record.socket then seat(a.record, true) end
  return ''
end

function ops.hold()
  local record = get(members, a.id)
  if record and record.socket == a.socket then hold(record, a.holdMs, a.reason) end
  return ''
end

function ops.leave()
  local record, knocker = get(members, a.id), get(knocks, a.id)
  if record and record.socket == a.socket then
    bar('farewell/' .. a.id, a.farewellMs)
    giveUp(record, a.reason)
  elseif knocker and knocker.socket == a.socket then endKnock(knocker, 'gone') end
  return ''
end

function ops.admit()
  local knocker = get(knocks, a.id)
  if not knocker then return 'unknown-target' end
  if redis.call('HLEN', members) >= a.capacity then return 'room-full' end
  drop('knock', a.id)
  seat(knocker, false)
  return ''
end

function ops.refuse()
  local knocker = get(knocks, a.id)
  if not knocker then return 'unknown-target' end
  endKnock(knocker, 'refused')
  return ''
end

function ops.remove()
  local record = get(members, a.id)
  if not record then return 'unknown-target' end
  bar('id/' .. a.id, a.idMs)
  if record.sub then bar('sub/' .. record.sub, a.subjectMs) end
  giveUp(record, 'removed')
  return ''
end

function ops.lock()
  local isLocked = redis.call('HEXISTS', info, 'locked') == 1
  if redis.call('HLEN', members) > 0 and isLocked ~= a.locked then
    if a.locked then redis.call('HSET', info, 'locked', 1) else redis.call('HDEL', info, 'locked') end
    tell({ fact = 'locked', locked = a.locked })
  end
  return ''
end

ops['end'] = function()
  if redis.call('EXISTS', info) == 0 then return '' end
  bar('ended', a.barMs)
  for _, id in ipairs(redis.call('HKEYS', members)) do drop('member', id) end
  for _, id in ipairs(redis.call('HKEYS', knocks)) do drop('knock', id) end
  tell({ fact = 'ended', by = a.by })
  redis.call('DEL', info)
  return ''
end
`;
