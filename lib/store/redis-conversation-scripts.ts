/*
 * Changes of a conversation, each atomic and without effect when made again. KEYS: the hash, the list of its fields,
 * and the hash of its cited passages. The first two arguments are always the ttl in ms and the instant of the change (0: not one that counts as
 * an update). They return owner, updated_at and pinned, or nothing when there is no such conversation.
 */

const ADD = `
local function add(field, value)
  if redis.call('HSETNX', KEYS[1], field, value) == 0 then return false end
  redis.call('RPUSH', KEYS[2], field)
  return true
end`;

const TOUCH = `
local updated = tonumber(redis.call('HGET', KEYS[1], 'updated_at'))
if tonumber(ARGV[2]) > updated then redis.call('HSET', KEYS[1], 'updated_at', ARGV[2]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[1])
return redis.call('HMGET', KEYS[1], 'owner', 'updated_at', 'pinned')`;

/** Then: owner, title, 1 for a private one, and as field and value the user's message, the answer, its version, its active version. */
export const ADD_TURN = `${ADD}
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[3] then return {owner} end
if not owner then
  redis.call('HSET', KEYS[1], 'v', 1, 'owner', ARGV[3], 'title', ARGV[4], 'created_at', ARGV[2],
    'updated_at', ARGV[2], 'pinned', 0, 'private', ARGV[5], 'turns', 0)
end
if add(ARGV[6], ARGV[7]) then redis.call('HINCRBY', KEYS[1], 'turns', 1) end
add(ARGV[8], ARGV[9])
if add(ARGV[10], ARGV[11]) then redis.call('HSET', KEYS[1], ARGV[12], ARGV[13]) end
${TOUCH}`;

/** Then: fields with their values, those of messages and versions in their order. Ignored when the conversation is there. */
export const INSERT = `
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
for i = 3, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  local kind = string.sub(ARGV[i], 1, 2)
  if kind == 'm:' or kind == 'v:' then redis.call('RPUSH', KEYS[2], ARGV[i]) end
end
${TOUCH}`;

/** As INSERT, but where the conversation is there, it gets what it has not. */
export const RESTORE = `${ADD}
for i = 3, #ARGV, 2 do
  local kind = string.sub(ARGV[i], 1, 2)
  if kind == 'm:' or kind == 'v:' then add(ARGV[i], ARGV[i + 1]) else redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1]) end
end
${TOUCH}`;

/** Then: field of the answer, and as field and value the version and the answer's active version. */
export const ADD_VERSION = `${ADD}
if redis.call('HEXISTS', KEYS[1], ARGV[3]) == 0 then return false end
if add(ARGV[4], ARGV[5]) then redis.call('HSET', KEYS[1], ARGV[6], ARGV[7]) end
${TOUCH}`;

/** Then: a field that has to be there, and fields to set with their values. */
export const SET_FIELDS = `
if redis.call('HEXISTS', KEYS[1], ARGV[3]) == 0 then return false end
for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
${TOUCH}`;

/** Then, as field and value: passages to keep. */
export const KEEP_PASSAGES = `
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
for i = 3, #ARGV, 2 do redis.call('HSETNX', KEYS[3], ARGV[i], ARGV[i + 1]) end
${TOUCH}`;
