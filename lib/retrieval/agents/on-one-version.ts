import type { Retriever } from "@/lib/retrieval/retriever";
import type { SearchContext } from "./search-context";

/**
 * An agent whose searches of one request all see the same version of the index: a document that is replaced
 * meanwhile is found with all of its old passages or all of its new ones, never with some of both.
 */
export function onOneVersion(
  context: SearchContext,
  create: (context: SearchContext) => Retriever,
): Retriever {
  return {
    agentType: create(context).agentType,
    async *retrieve(request, parent) {
      const table = await context.table.snapshot();
      return yield* create({ ...context, table }).retrieve(request, parent);
    },
  };
}
