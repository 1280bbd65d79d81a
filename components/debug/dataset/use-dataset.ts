import { useState } from "react";
import useSWRImmutable from "swr/immutable";
import { ApiFailure, getJson, sendJson } from "@/components/chat/data/api-client";
import {
  type DatasetAdded,
  type DatasetDraft,
  datasetAddedSchema,
  datasetDraftSchema,
} from "@/lib/domain/dataset";

export type DatasetState =
  | { kind: "loading" }
  /** `reason` null: the server did not answer. */
  | { kind: "failed"; reason: string | null }
  | { kind: "ready"; draft: DatasetDraft; adding: boolean; failure: { reason: string | null } | null }
  | { kind: "added"; added: DatasetAdded };

export interface DatasetChoice {
  dataset: string;
  create: boolean;
  expected_output: string;
}

/** The way of a turn into a dataset: what there is to choose from, then adding it. */
export function useDataset(requestId: string) {
  const path = `/api/debug/${encodeURIComponent(requestId)}/dataset`;
  const { data, error, isValidating, mutate } = useSWRImmutable<DatasetDraft, unknown>(
    path,
    (address: string) => getJson(address, datasetDraftSchema),
    { shouldRetryOnError: false, revalidateOnMount: true },
  );
  const [sent, setSent] = useState<{ adding: boolean; failure: { reason: string | null } | null }>(unsent);
  const [added, setAdded] = useState<DatasetAdded | null>(null);

  async function add(choice: DatasetChoice): Promise<void> {
    setSent({ adding: true, failure: null });
    try {
      const answer = await sendJson("POST", path, choice);
      setAdded(datasetAddedSchema.parse(await answer.json()));
    } catch (failure) {
      setSent({ adding: false, failure: { reason: reasonOf(failure) } });
    }
  }

  return { state: toState(), add, reload: () => void mutate() };

  function toState(): DatasetState {
    if (added) return { kind: "added", added };
    if (data) return { kind: "ready", draft: data, ...sent };
    if (error !== undefined && !isValidating) return { kind: "failed", reason: reasonOf(error) };
    return { kind: "loading" };
  }
}

const unsent = { adding: false, failure: null };

/** The server's sentence; null when it could not be reached. */
function reasonOf(error: unknown): string | null {
  return error instanceof ApiFailure ? error.message : null;
}
