-- Counters that all replicas share. One call takes from all of them or from none; the time is the server's.
--
-- KEYS[1]  the replicas, by when they last beat (a sorted set, milliseconds)
-- KEYS[2]  what this replica has taken and not settled (a hash): "x:" .. reservation, "l:" .. counter
-- KEYS[3+] the counters (hashes): u used, a as of (microseconds), e the second that the window began in
-- ARGV[1]  take | settle | beat; ARGV[2] the replica's name; ARGV[3] how many milliseconds a replica may be silent

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
local op, replica, silence = ARGV[1], ARGV[2], tonumber(ARGV[3])

local DAY = 86400
local HOUR_MICROS = 3600 * 1000000
-- 2020-01-01, in days and in years
local FIRST_DAY, FIRST_YEAR = 18262, 2020
local LENGTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function text(number)
  return string.format('%.17g', number)
end

-- the first day of the month that the day is in, and of the next
local function month(day)
  local first, year, at = FIRST_DAY, FIRST_YEAR, 1
  while true do
    local length = LENGTHS[at]
    if at == 2 and (year % 4 == 0 and year % 100 ~= 0 or year % 400 == 0) then
      length = 29
    end
    if day < first + length then
      return first, first + length
    end
    first, at = first + length, at + 1
    if at > 12 then
      year, at = year + 1, 1
    end
  end
end

-- the seconds that the calendar's window begins and ends in
local function window(kind, second)
  local day = math.floor(second / DAY)
  if kind == 'd' then
    return day * DAY, (day + 1) * DAY
  end
  local first, next = month(day)
  return first * DAY, next * DAY
end

-- a counter as it stands now
local function opened(key, kind, length, limit)
  local stored = redis.call('HMGET', key, 'u', 'a', 'e')
  local counter = {
    key = key, kind = kind, length = length, limit = limit,
    used = tonumber(stored[1] or '0'), at = tonumber(stored[2] or '0'), epoch = tonumber(stored[3] or '0')
  }
  if kind == 'r' then
    if now > counter.at then
      counter.used = math.max(0, counter.used - (now - counter.at) * limit / length)
      counter.at = now
    elseif counter.at - now > HOUR_MICROS then
      -- the clock had been far ahead
      counter.at = now
    end
  elseif kind ~= 'o' then
    local instant = now / 1000000
    -- a small step back does not lead back into a window that ended
    if counter.epoch > instant and counter.epoch - instant <= 3600 then
      instant = counter.epoch
    end
    local first, next = window(kind, instant)
    if counter.epoch ~= first then
      -- from a window that is over, or from a clock that had been far ahead
      if counter.epoch < first then
        counter.used = 0
      end
      counter.epoch = first
    end
    counter.ends = next
  end
  return counter
end

local function left(counter)
  -- what refills is a fraction, and a whole unit is not missing for its rounding
  return math.max(0, math.floor(counter.limit - counter.used + 0.000001))
end

local function close(counter)
  if counter.kind == 'o' and counter.used <= 0 then
    redis.call('DEL', counter.key)
    return
  end
  redis.call('HSET', counter.key, 'u', text(counter.used), 'a', text(counter.at), 'e', text(counter.epoch))
  if counter.kind == 'r' then
    local full = counter.used * counter.length / counter.limit / 1000
    redis.call('PEXPIRE', counter.key, text(math.min(1e13, math.ceil(full) + 3600000)))
  elseif counter.kind ~= 'o' then
    redis.call('PEXPIREAT', counter.key, text((counter.ends + DAY) * 1000))
  end
end

-- microseconds until what is wanted is there; where it is there, until all is
local function reset(counter, amount, taken)
  if counter.kind == 'o' then
    return 1000000, 0
  end
  if counter.kind ~= 'r' then
    local first = counter.epoch
    return math.max(0, counter.ends * 1000000 - now), (counter.ends - first) * 1000000
  end
  local wanted = math.max(1, math.min(amount, counter.limit))
  local has = left(counter)
  local missing = counter.used
  if has == 0 or (not taken and has < wanted) then
    missing = counter.used - (counter.limit - wanted)
  end
  return math.max(0, math.ceil(missing * counter.length / counter.limit)), counter.length
end

local function add(counter, units)
  counter.used = math.max(0, counter.used + units)
end

-- what a replica says of its share, taken down
local function told(item)
  local field = 'l:' .. item.counter.key
  local stored = redis.call('HGET', KEYS[2], field)
  local amount, used, epoch, serial = 0, item.used, item.counter.epoch, 0
  if stored then
    amount, used, epoch, serial = unpack(cjson.decode(stored))
  end
  if epoch ~= item.counter.epoch then
    amount, used = 0, item.used
  end
  item.covered = 0
  if item.serial > serial then
    amount, serial = amount - (item.used - used), item.serial
    used = item.used
    if item.hand then
      local holds = math.max(0, item.hand)
      item.covered = math.max(0, -item.hand)
      add(item.counter, holds - amount)
      amount = holds
    elseif amount < 0 then
      item.covered = -amount
      add(item.counter, -amount)
      amount = 0
    end
  end
  item.share = { amount, used, item.counter.epoch, serial }
end

local function remember(item)
  local field = 'l:' .. item.counter.key
  if item.last then
    redis.call('HDEL', KEYS[2], field)
  else
    local share = item.share
    redis.call('HSET', KEYS[2], field,
      '[' .. text(share[1]) .. ',' .. text(share[2]) .. ',' .. text(share[3]) .. ',' .. text(share[4]) .. ']')
  end
end

local function take(reservation)
  local items, all = {}, true
  local at = 5
  for i = 3, #KEYS do
    local counter = opened(KEYS[i], ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]))
    local item = {
      counter = counter, binds = ARGV[at + 3] == '1', leased = ARGV[at + 4] == 'l', amount = tonumber(ARGV[at + 5])
    }
    if item.leased then
      item.ahead, item.serial, item.used = tonumber(ARGV[at + 6]), tonumber(ARGV[at + 7]), tonumber(ARGV[at + 8])
      item.hand, item.last = tonumber(ARGV[at + 9]), ARGV[at + 10] == '1'
      told(item)
      at = at + 11
    else
      item.charge = tonumber(ARGV[at + 6])
      at = at + 7
    end
    item.enough = item.amount == 0 or left(counter) >= math.min(item.amount, counter.limit)
    all = all and (item.enough or not item.binds)
    items[#items + 1] = item
  end
  local alive, reserved, answer = nil, {}, {}
  for i, item in ipairs(items) do
    local counter, granted = item.counter, 0
    if all and item.enough then
      counter.used = counter.used + item.amount
      if item.leased then
        if item.ahead > 0 then
          alive = alive or math.max(1, redis.call('ZCOUNT', KEYS[1], text(now / 1000 - silence), '+inf'))
          granted = math.min(item.ahead, math.floor(left(counter) / (2 * alive)))
          counter.used = counter.used + granted
        end
        item.share[1] = item.share[1] + item.amount + granted
      elseif item.amount > 0 then
        reserved[#reserved + 1] = { counter.key, item.amount, item.charge, counter.epoch }
      end
    end
    if item.leased then
      remember(item)
    end
    close(counter)
    local soon, long = reset(counter, item.amount, all and item.enough)
    answer[i] = {
      item.enough and 1 or 0, granted, item.covered or 0, left(counter), soon, long, counter.epoch
    }
  end
  if #reserved > 0 then
    local parts = {}
    for i, part in ipairs(reserved) do
      parts[i] = '["' .. part[1] .. '",' .. text(part[2]) .. ',' .. text(part[3]) .. ',' .. text(part[4]) .. ']'
    end
    redis.call('HSET', KEYS[2], 'x:' .. reservation, '[' .. table.concat(parts, ',') .. ']')
  end
  return answer
end

local function settle(reservation, again)
  local field = 'x:' .. reservation
  local stored = redis.call('HGET', KEYS[2], field)
  local parts = {}
  if stored then
    redis.call('HDEL', KEYS[2], field)
    for _, part in ipairs(cjson.decode(stored)) do
      parts[part[1]] = part
    end
  elseif again then
    return 0
  end
  local at = 6
  for i = 3, #KEYS do
    local counter = opened(KEYS[i], ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]))
    local spent, part = tonumber(ARGV[at + 3]), parts[KEYS[i]]
    at = at + 4
    if not part then
      add(counter, spent)
    elseif part[4] == counter.epoch then
      add(counter, spent - part[2])
    end
    close(counter)
  end
  return 1
end

-- correct a counter whose limit and window are not known here
local function correct(key, units, epoch)
  local stored = redis.call('HMGET', key, 'u', 'e')
  if stored[1] and tonumber(stored[2]) == epoch then
    redis.call('HSET', key, 'u', text(math.max(0, tonumber(stored[1]) + units)))
  end
end

-- what a lost replica has not settled: what surely was sent stands, the rest is free again
local function sweep(lost)
  local open = string.sub(KEYS[2], 1, #KEYS[2] - #replica) .. lost
  local found = redis.call('HSCAN', open, '0', 'COUNT', '200')
  local fields = found[2]
  for i = 1, #fields, 2 do
    local value = cjson.decode(fields[i + 1])
    if string.sub(fields[i], 1, 2) == 'x:' then
      for _, part in ipairs(value) do
        correct(part[1], part[3] - part[2], part[4])
      end
    else
      correct(string.sub(fields[i], 3), -value[1], value[3])
    end
    redis.call('HDEL', open, fields[i])
  end
  if redis.call('EXISTS', open) == 0 then
    redis.call('ZREM', KEYS[1], lost)
  end
end

local function beat()
  redis.call('ZADD', KEYS[1], text(now / 1000), replica)
  local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', text(now / 1000 - silence), 'LIMIT', '0', '4')
  for _, lost in ipairs(dead) do
    sweep(lost)
  end
  return redis.call('ZCOUNT', KEYS[1], text(now / 1000 - silence), '+inf')
end

if op == 'take' then
  return take(ARGV[4])
elseif op == 'settle' then
  return settle(ARGV[4], ARGV[5] == '1')
else
  return beat()
end
