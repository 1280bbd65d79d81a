import useSWRImmutable from "swr/immutable";
import { type Me, meSchema } from "@/lib/domain/api";
import { getJson } from "./api-client";

/** Who is asking; null while that is not known, and then nothing that needs a role is shown. */
export function useMe(): Me | null {
  return useSWRImmutable("/api/me", (path) => getJson(path, meSchema)).data ?? null;
}
