import { countTokens } from "gpt-tokenizer";
import { systemClock } from "@/lib/domain/clock";
import { openRetrieval, type Retrieval, type RetrievalOptions } from "@/lib/retrieval/open-retrieval";
import { createWorkplace } from "./two-handbooks";

/** Retrieval over the two handbooks in a folder of its own; the end removes the folder. */
export async function openTwoHandbooks(
  extra: Pick<RetrievalOptions, "reranker"> = {},
): Promise<Retrieval & AsyncDisposable> {
  const place = await createWorkplace();
  const { dataDir, docsDir } = place;
  const options = {
    dataDir,
    docsDir,
    countTokens,
    embedding: null,
    ...extra,
    clock: systemClock,
    onProgress: () => {},
  };
  const retrieval = await openRetrieval(options);
  return {
    ...retrieval,
    async [Symbol.asyncDispose]() {
      await retrieval.close();
      await place[Symbol.asyncDispose]();
    },
  };
}
