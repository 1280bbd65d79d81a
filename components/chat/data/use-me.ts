import useSWRImmutable from "swr/immutable";
import type { Me } from "@/lib/domain/api";
import { getJson } from "./api-client";

const loadSchema = () => import("@/lib/domain/api").then(({ meSchema }) => meSchema);

/** Who is asking; null while that is not known, and then nothing that needs a role is shown. */
export function useMe(): Me | null {
  return useSWRImmutable("/api/me", (path) => getJson(path, loadSchema())).data ?? null;
}
