/** Lua: how relays live, die, and bring what Redis has lost. */
export const RELAYS = `
local function came(relay) return redis.call('EXISTS', key('came', room .. '/' .. relay)) == 1 end

-- Brings what a relay knows of a room and Redis does not, and returns the room. What other relays have is brought for the time being,
-- and only where the room began after the relay heard of it last: Redis was emptied, and they have not come with their own yet.
function ops.load()
  local isNews = redis.call('HGET', info, 'born') ~= a.born
  for _, record in ipairs(a.members) do
    local there, isOwn = get(members, record.id), record.relay == a.relay
    if there then
      if isOwn and there.relay == a.relay and record.socket ~= '' then
        if there.socket == '' then seat(record, true)
        elseif there.guest and there.socket == record.socket then
          record.n = there.n
          drop('member', record.id)
          put(members, record)
        end
      end
    elseif (isNews and not came(record.relay) or isOwn and record.socket ~= '') and not removed(record) and not barred('ended') then
      if not isOwn then record.guest = true end
      seat(record, true)
      if record.socket == '' or not isOwn then later('member', record.id, isOwn and a.holdMs or a.guestMs) end
    end
  end
  if #a.members > 0 then redis.call('SET', key('came', room .. '/' .. a.relay), 1, 'PX', 60000) end
  for _, record in ipairs(a.knocks) do
    if record.relay == a.relay and not get(knocks, record.id) and not get(members, record.id) then wait(record) end
  end
  if isNews and a.locked and redis.call('HLEN', members) > 0 and redis.call('HSET', info, 'locked', 1) == 1 then
    tell({ fact = 'locked', locked = true })
  end
  local state = redis.call('HMGET', info, 'seq', 'born', 'locked')
  return { state[1] or nowUs, state[2] or '', state[3] or '', redis.call('HVALS', members), redis.call('HVALS', knocks) }
end

-- A relay has nobody in a room any more.
function ops.forget()
  redis.call('SREM', key('at', a.relay), a.room)
end

-- A relay lives; those that did not say so in time are dead; and what was to end by now ends.
function ops.beat()
  local isNews = redis.call('ZADD', relays, nowMs + a.ttlMs, a.relay) == 1
  for _, name in ipairs({due, relays, key('at', a.relay)}) do redis.call('PEXPIRE', name, DAY_MS) end
  if a.keep then
    for _, name in ipairs(redis.call('SMEMBERS', key('at', a.relay))) do go(name) keep() end
  end
  for _, dead in ipairs(redis.call('ZRANGEBYSCORE', relays, '-inf', '(' .. nowMs, 'LIMIT', 0, 8)) do
    for _, name in ipairs(redis.call('SMEMBERS', key('at', dead))) do
      go(name)
      for _, id in ipairs(redis.call('HKEYS', members)) do
        local record = get(members, id)
        if record.relay == dead and record.socket ~= '' then
          if record.engine and a.holdMs > 0 then hold(record, a.holdMs, 'ping timeout') else giveUp(record, 'ping timeout') end
        end
      end
      for _, id in ipairs(redis.call('HKEYS', knocks)) do
        local record = get(knocks, id)
        if record.relay == dead then endKnock(record, 'gone') end
      end
    end
    redis.call('DEL', key('at', dead))
    redis.call('ZREM', relays, dead)
  end
  for _, entry in ipairs(redis.call('ZRANGEBYSCORE', due, '-inf', nowMs, 'LIMIT', 0, 100)) do
    redis.call('ZREM', due, entry)
    local kind, name, id = string.match(entry, '^(%a+)/([^/]*)/(.*)$')
    go(name)
    local record = get(kind == 'member' and members or knocks, id)
    if record and kind == 'knock' then endKnock(record, 'refused')
    elseif record and (record.socket == '' or record.guest) then giveUp(record) end
  end
  return isNews and 'new' or ''
end
`;
