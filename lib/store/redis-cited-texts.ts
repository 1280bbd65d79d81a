import { type CitedDocument, type CitedTexts, type CitingVersion, readCiting } from "./cited-document";
import type { RedisClient } from "./redis-client";
import { pairsOf, readKey, scanKeys } from "./redis-keyspace";

const VERSION = "v:";
const PASSAGES = /^chat:\{[^}]+\}:passages$/;

interface Field {
  key: string;
  field: string;
}

/** Texts of cited documents in the hashes of conversations. */
export function createRedisCitedTexts(redis: RedisClient): CitedTexts {
  async function* hashes(): AsyncGenerator<{ key: string; fields: [string, string][] }> {
    for await (const keys of scanKeys(redis, "chat:*")) {
      for (const key of keys) {
        const kept = await readKey(redis, key);
        if (kept?.value.type === "hash") yield { key, fields: pairsOf(kept.value.fields) };
      }
    }
  }

  async function* citing(documentId: string): AsyncGenerator<Field & CitingVersion> {
    for await (const { key, fields } of hashes()) {
      if (PASSAGES.test(key)) continue;
      for (const [field, value] of fields) {
        const version = field.startsWith(VERSION) ? readCiting(value, documentId) : null;
        if (version) yield { key, field, ...version };
      }
    }
  }

  async function* keptPassages({ passageIds }: CitedDocument): AsyncGenerator<Field> {
    const ids = new Set(passageIds);
    for await (const { key, fields } of hashes()) {
      if (!PASSAGES.test(key)) continue;
      for (const [field] of fields) if (ids.has(field)) yield { key, field };
    }
  }

  return {
    async count(document) {
      let found = 0;
      for await (const { shown } of citing(document.documentId)) found += shown;
      for await (const _passage of keptPassages(document)) found += 1;
      return found;
    },
    async remove(document) {
      for await (const { key, field, emptied } of citing(document.documentId)) {
        // HSET does not touch the time that the conversation has left.
        await redis.pipeline([["HSET", key, field, emptied]]);
      }
      for await (const { key, field } of keptPassages(document)) await redis.pipeline([["HDEL", key, field]]);
    },
    async citations(documentId) {
      const found = { passageIds: [] as string[], requestIds: [] as string[] };
      for await (const { passageIds, requestId } of citing(documentId)) {
        found.passageIds.push(...passageIds);
        found.requestIds.push(requestId);
      }
      return found;
    },
  };
}
