import useSWR from "swr";
import { type ShareAnswer, shareAnswerSchema } from "@/lib/domain/api";
import { getJson, request } from "./api-client";

/** How a conversation is shared; undefined while loading. Changes reject with an `ApiFailure`. */
export function useShare(sessionId: string) {
  const path = `/api/sessions/${sessionId}/share`;
  const { data, error, mutate } = useSWR(path, (key) => getJson(key, shareAnswerSchema));
  const send = async (method: "POST" | "DELETE"): Promise<ShareAnswer> => {
    const response = await request(path, { method });
    return method === "DELETE" ? { share: null } : shareAnswerSchema.parse(await response.json());
  };
  const change = (method: "POST" | "DELETE") => mutate(send(method), { revalidate: false });
  return {
    share: data?.share,
    failed: error !== undefined,
    /** Makes a link to the conversation as it is now; the one before leads nowhere then. */
    create: () => change("POST"),
    revoke: () => change("DELETE"),
  };
}
