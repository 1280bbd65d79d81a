import { useState } from "react";
import useSWRImmutable from "swr/immutable";
import { getJson } from "@/components/chat/data/api-client";
import { type KeptPayload, type Payload, type PayloadPart, payloadSchema } from "@/lib/domain/payload";

export interface PayloadHandle {
  /** Null where the record has all there is. */
  kept: KeptPayload | null;
  /** All of the part, once it was asked for and has come. */
  payload: Payload | null;
  state: "partial" | "loading" | "failed" | "loaded";
  /** Asks for all of it; asks again after a failure. */
  load(): void;
}

/** Where a part of a span is read in full. Throws `ApiFailure` when it is no longer kept. */
export function fetchPayload(requestId: string, { span_id, part }: KeptPayload): Promise<Payload> {
  return getJson(
    `/api/debug/${encodeURIComponent(requestId)}/payloads/${span_id}?part=${part}`,
    payloadSchema,
  );
}

/** A part of a span that may be too long for its record: loaded when somebody asks for it, once. */
export function usePayload(requestId: string, kept: KeptPayload | undefined): PayloadHandle {
  const key = kept ? `${requestId} ${kept.span_id} ${kept.part}` : null;
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error, isLoading, mutate } = useSWRImmutable<Payload, unknown>(
    key !== null && asked === key ? ["payload", key] : null,
    () => (kept ? fetchPayload(requestId, kept) : Promise.reject(new Error("nothing to load"))),
    { shouldRetryOnError: false },
  );
  return {
    kept: kept ?? null,
    payload: data ?? null,
    state: data ? "loaded" : isLoading ? "loading" : error === undefined ? "partial" : "failed",
    load: () => (asked === key ? void mutate() : setAsked(key)),
  };
}

export function findKept(
  payloads: readonly KeptPayload[],
  spanId: string,
  part: PayloadPart,
): KeptPayload | undefined {
  return payloads.find((kept) => kept.span_id === spanId && kept.part === part);
}
