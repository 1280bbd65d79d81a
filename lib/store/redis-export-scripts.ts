/**
 * The order of what waits, in sorted sets and hashes with one hash tag, so that a script may touch all of
 * them: `age`, `due` and `held` are times in epoch ms, `size` has the bytes of each item and of all, `failures`
 * those that failed, `discarded` those that must not arrive. The key given is that of `age`. The items themselves lie beside it, each under a key of its own.
 */
const NAMES = `
local function name(part) return (string.gsub(KEYS[1], 'age$', part)) end
local AGE, DUE, HELD, SIZE, FAILURES = name('age'), name('due'), name('held'), name('size'), name('failures')
local DISCARDED = name('discarded')
local function remove(id)
  local size = redis.call('HGET', SIZE, id)
  if not size then return 0 end
  redis.call('HINCRBY', SIZE, 'total', -tonumber(size))
  redis.call('HDEL', SIZE, id)
  redis.call('HDEL', FAILURES, id)
  for _, set in ipairs({AGE, DUE, HELD}) do redis.call('ZREM', set, id) end
  return 1
end
local function is_held(id, now)
  return tonumber(redis.call('ZSCORE', HELD, id) or 0) > now
end
local function remove_old(before)
  redis.call('ZREMRANGEBYSCORE', DISCARDED, '-inf', before)
  local old = redis.call('ZRANGEBYSCORE', AGE, '-inf', before)
  for _, id in ipairs(old) do remove(id) end
  return old
end`;

/** Id, bytes, now, hold and time to live in ms, most items, most bytes. Answers 1 or 0, how many gave way that nobody held, and all who did. */
export const PUT = `${NAMES}
local id, bytes, now = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
remove(id)
local gone = remove_old(now - ARGV[5])
local dropped = #gone
if bytes > tonumber(ARGV[7]) or redis.call('ZSCORE', DISCARDED, id) then return {0, dropped, gone} end
local function is_full()
  local total = tonumber(redis.call('HGET', SIZE, 'total') or 0)
  return redis.call('ZCARD', AGE) >= tonumber(ARGV[6]) or total + bytes > tonumber(ARGV[7])
end
while is_full() do
  local oldest = redis.call('ZRANGE', AGE, 0, 0)[1]
  if not oldest then break end
  if not is_held(oldest, now) then dropped = dropped + 1 end
  remove(oldest)
  gone[#gone + 1] = oldest
end
redis.call('ZADD', AGE, now, id)
redis.call('ZADD', DUE, now, id)
redis.call('ZADD', HELD, now + ARGV[4], id)
redis.call('HSET', SIZE, id, bytes)
redis.call('HINCRBY', SIZE, 'total', bytes)
for _, key in ipairs({AGE, DUE, HELD, SIZE, FAILURES}) do redis.call('PEXPIRE', key, ARGV[5]) end
return {1, dropped, gone}`;

/** Until when, then ids. Answers those that were discarded. */
export const RENEW = `${NAMES}
local discarded = {}
for i = 2, #ARGV do
  if redis.call('HEXISTS', SIZE, ARGV[i]) == 1 then
    redis.call('ZADD', HELD, ARGV[1], ARGV[i])
    redis.call('PEXPIRE', HELD, redis.call('PTTL', AGE))
  end
  if redis.call('ZSCORE', DISCARDED, ARGV[i]) then discarded[#discarded + 1] = ARGV[i] end
end
return discarded`;

/** Id, failures, when it is due. */
export const FAIL = `${NAMES}
if redis.call('HEXISTS', SIZE, ARGV[1]) == 0 then return 0 end
redis.call('HSET', FAILURES, ARGV[1], ARGV[2])
redis.call('PEXPIRE', FAILURES, redis.call('PTTL', AGE))
redis.call('ZADD', DUE, ARGV[3], ARGV[1])
redis.call('ZREM', HELD, ARGV[1])
return 1`;

/** Id. */
export const REMOVE = `${NAMES}
return remove(ARGV[1])`;

/** Id, now, time to live in ms. Answers whether it was there. */
export const DISCARD = `${NAMES}
redis.call('ZADD', DISCARDED, ARGV[2], ARGV[1])
redis.call('PEXPIRE', DISCARDED, ARGV[3])
return remove(ARGV[1])`;

/** Now, hold and time to live in ms, how many. Answers who became too old, and ids with their failures in turn. */
export const CLAIM = `${NAMES}
local now = tonumber(ARGV[1])
local old, claimed = remove_old(now - ARGV[3]), {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', now)) do
  if #claimed >= 2 * tonumber(ARGV[4]) then break end
  if not is_held(id, now) then
    redis.call('ZADD', HELD, now + ARGV[2], id)
    redis.call('PEXPIRE', HELD, redis.call('PTTL', AGE))
    claimed[#claimed + 1] = id
    claimed[#claimed + 1] = redis.call('HGET', FAILURES, id) or '0'
  end
end
return {old, claimed}`;

/** Now, and an id or nothing for all. Answers how many there are, 1 for an id that is kept. */
export const HASTEN = `${NAMES}
local failed = ARGV[2] == '' and redis.call('HKEYS', FAILURES) or {ARGV[2]}
local count = 0
for _, id in ipairs(failed) do
  if redis.call('HEXISTS', FAILURES, id) == 1 then
    redis.call('ZADD', DUE, 'XX', ARGV[1], id)
    count = count + 1
  end
end
if ARGV[2] ~= '' then return redis.call('HEXISTS', SIZE, ARGV[2]) end
return count`;

/** Answers how many there are, and how many of them failed. */
export const COUNT = `${NAMES}
return {redis.call('ZCARD', AGE), redis.call('HLEN', FAILURES)}`;
