import { parseAsString, useQueryState } from "nuqs";
import type { RunRecord } from "@/lib/domain/run-record";
import { type RunHandle, useRun } from "../use-run";

interface Baseline extends Pick<RunHandle, "state" | "refresh"> {
  requestId: string | null;
  choose(requestId: string): void;
}

/** The run that another one is compared with: the one in the address, else the one that it was made from. */
export function useBaseline({ replay_of, regenerate_of }: RunRecord): Baseline {
  const [chosen, choose] = useQueryState("compare", parseAsString);
  const requestId = chosen ?? replay_of ?? regenerate_of;
  const { state, refresh } = useRun(requestId);
  return { requestId, state, refresh, choose: (id) => void choose(id) };
}
