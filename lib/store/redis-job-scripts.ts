/*
 * Changes of the jobs, each atomic. All keys share one hash tag, so the scripts may build the names of the keys
 * of single jobs. They decode records and never encode them: Lua would turn empty lists into objects.
 */

const NAMES = `
local function job_key(id) return '{jobs}:job:' .. id end
local function lease_key(id) return '{jobs}:lease:' .. id end
local function open_key(place) return '{jobs}:open:' .. place end`;

/** Ttl in ms, most open jobs, place, and per job: id, state, created_at, base, target, record. Answers 0 when full. */
export const ADD = `${NAMES}
local ttl, max, place = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local opening = 0
for i = 4, #ARGV, 6 do if ARGV[i + 1] == 'queued' then opening = opening + 1 end end
if redis.call('ZCARD', open_key(place)) + opening > max then return 0 end
for i = 4, #ARGV, 6 do
  local id, state, at, base, target, record = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4], ARGV[i + 5]
  redis.call('SET', job_key(id), record, 'PX', ttl)
  for _, list in ipairs({'{jobs}:all', '{jobs}:base:' .. base, '{jobs}:target:' .. target}) do
    redis.call('ZADD', list, at, id)
    redis.call('ZREMRANGEBYSCORE', list, '-inf', at - ttl)
    redis.call('PEXPIRE', list, ttl)
  end
  if state == 'queued' then redis.call('ZADD', open_key(place), at, id) end
end
redis.call('PEXPIRE', open_key(place), ttl)
return 1`;

/** How many of the oldest open jobs a claim looks at. */
const CLAIM_REACH = 500;

/** Place, owner, lease in ms. Answers the record, or nothing. */
export const CLAIM = `${NAMES}
local open = open_key(ARGV[1])
local busy = {}
for _, id in ipairs(redis.call('ZRANGE', open, 0, ${CLAIM_REACH - 1})) do
  local record = redis.call('GET', job_key(id))
  if not record then
    redis.call('ZREM', open, id)
  else
    local target = cjson.decode(record).target
    local leased = redis.call('EXISTS', lease_key(id)) == 1
    if not leased and not busy[target] then
      redis.call('SET', lease_key(id), ARGV[2], 'PX', ARGV[3])
      return record
    end
    busy[target] = true
  end
end
return false`;

/** Id, owner, record, ttl in ms, and the lease in ms: 0 gives the job back, open unless the last argument is its place. */
export const SET_OWN = `${NAMES}
local id = ARGV[1]
if redis.call('GET', lease_key(id)) ~= ARGV[2] then return 0 end
redis.call('SET', job_key(id), ARGV[3], 'PX', ARGV[4])
if ARGV[5] ~= '0' then
  redis.call('PEXPIRE', lease_key(id), ARGV[5])
else
  redis.call('DEL', lease_key(id))
  if ARGV[6] ~= '' then redis.call('ZREM', open_key(ARGV[6]), id) end
end
return 1`;

/** Id, place, created_at, record, ttl in ms. Answers 0 when the job has not failed. */
export const REOPEN = `${NAMES}
local record = redis.call('GET', job_key(ARGV[1]))
if not record or cjson.decode(record).state ~= 'failed' then return 0 end
redis.call('SET', job_key(ARGV[1]), ARGV[4], 'PX', ARGV[5])
redis.call('ZADD', open_key(ARGV[2]), ARGV[3], ARGV[1])
redis.call('PEXPIRE', open_key(ARGV[2]), ARGV[5])
return 1`;

/** Id, place, record, ttl in ms. Answers 0 when the job has ended. */
export const END = `${NAMES}
local record = redis.call('GET', job_key(ARGV[1]))
if not record then return 0 end
local state = cjson.decode(record).state
if state ~= 'queued' and state ~= 'running' then return 0 end
redis.call('SET', job_key(ARGV[1]), ARGV[3], 'PX', ARGV[4])
redis.call('DEL', lease_key(ARGV[1]))
redis.call('ZREM', open_key(ARGV[2]), ARGV[1])
return 1`;

/** Key of the list of jobs. */
export const DELETE_OF = `${NAMES}
for _, id in ipairs(redis.call('ZRANGE', ARGV[1], 0, -1)) do
  local record = redis.call('GET', job_key(id))
  if record then
    local job = cjson.decode(record)
    redis.call('ZREM', open_key(job.place), id)
    redis.call('ZREM', '{jobs}:target:' .. job.target, id)
    redis.call('ZREM', '{jobs}:base:' .. job.kb_prefix, id)
  end
  redis.call('ZREM', '{jobs}:all', id)
  redis.call('DEL', job_key(id), lease_key(id))
end
redis.call('DEL', ARGV[1])
return 1`;
