import type { Clock } from "@/lib/domain/clock";
import type { KnowledgeBase, KnowledgeBaseDetail, KnowledgeBasePatch } from "@/lib/domain/knowledge-base";
import { AppError } from "@/lib/errors";
import type { SearchContext } from "./agents/search-context";
import { sqlText } from "./index/index-table";
import {
  type KnowledgeBaseTable,
  readAllKnowledgeBases,
  type StoredKnowledgeBase,
  toKnowledgeBaseRow,
} from "./index/knowledge-base-table";
import type { KnowledgeBaseAdmin } from "./knowledge-base-admin";
import type { PassageIndex } from "./passage-index";

interface AdminParts {
  bases: KnowledgeBaseTable;
  context: SearchContext;
  index: PassageIndex;
  clock: Clock;
}

/** Administration over the tables of the index: each change is one commit that other processes see at once. */
export function createTableKnowledgeBaseAdmin({
  bases,
  context,
  index,
  clock,
}: AdminParts): KnowledgeBaseAdmin {
  const isAt = (prefix: string, origin: StoredKnowledgeBase["origin"]) =>
    `prefix = ${sqlText(prefix)} AND origin = ${sqlText(origin)}`;
  const stored = async (prefix: string) =>
    (await readAllKnowledgeBases(bases)).find((base) => base.prefix === prefix) ?? null;
  const live = async (prefix: string) => {
    const base = await stored(prefix);
    if (base === null || base.origin === "deleted") throw missing();
    return base;
  };

  async function find(prefix: string): Promise<KnowledgeBaseDetail | null> {
    const summary = (await index.knowledgeBases()).find((base) => base.prefix === prefix);
    const base = await stored(prefix);
    if (!summary || !base) return null;
    const origin = base.origin === "bundled" || base.origin === "edited" ? "bundled" : "created";
    return { ...summary, keywords: base.keywords, origin };
  }

  async function read(prefix: string): Promise<KnowledgeBaseDetail> {
    const found = await find(prefix);
    if (!found) throw missing();
    return found;
  }

  async function create(base: KnowledgeBase): Promise<KnowledgeBaseDetail> {
    const all = await readAllKnowledgeBases(bases);
    const position = Math.max(-1, ...all.map((one) => one.position)) + 1;
    const row = toKnowledgeBaseRow({ ...base, origin: "created", position, updated_at: clock.now() });
    const before = all.find(({ prefix }) => prefix === base.prefix);
    // Deleting may have been cut short: nothing of the old one may come back under the new one.
    if (before?.origin === "deleted") await purge(context, base.prefix);
    const { prefix, ...values } = row;
    const revived = before
      ? await bases.update(isAt(prefix, "deleted"), values)
      : await bases.insert("prefix", [row]);
    if (revived === 0) throw new AppError("conflict", "A knowledge base with this prefix exists already.");
    return read(prefix);
  }

  /** An edit counts for the origin that it was made for: one that was deleted meanwhile stays deleted. */
  async function update(prefix: string, patch: KnowledgeBasePatch): Promise<KnowledgeBaseDetail> {
    for (;;) {
      const before = await live(prefix);
      const origin = before.origin === "bundled" ? "edited" : before.origin;
      const values = toColumns(patch);
      const now = clock.now();
      if ((await bases.update(isAt(prefix, before.origin), { ...values, origin, updated_at: now })) > 0)
        return read(prefix);
    }
  }

  /** First nobody finds it any more, then its content goes; a start goes on where this was cut short. */
  async function remove(prefix: string): Promise<void> {
    await live(prefix);
    const where = `prefix = ${sqlText(prefix)} AND origin <> 'deleted'`;
    if ((await bases.update(where, { origin: "deleted", updated_at: clock.now() })) === 0) throw missing();
    await purge(context, prefix);
  }

  return { find, create, update, remove };
}

function missing(): AppError {
  return new AppError("not_found", "There is no such knowledge base.");
}

async function purge({ table, vectors, triples }: SearchContext, kbPrefix: string): Promise<void> {
  const own = `kb_prefix = ${sqlText(kbPrefix)}`;
  await table.replace("passage_id", [], own);
  await vectors?.removeBase(kbPrefix);
  await triples?.replace("triple_id", [], own);
}

/** The columns that a patch changes; lists are JSON. */
function toColumns({ title, description, keywords, suggested }: KnowledgeBasePatch): Record<string, string> {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(keywords && { keywords: JSON.stringify(keywords) }),
    ...(suggested && { suggested: JSON.stringify(suggested) }),
  };
}
