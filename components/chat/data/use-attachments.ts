"use client";

import { useState } from "react";
import useSWR from "swr";
import type { Attachment } from "@/lib/domain/attachment";
import { MAX_ATTACHMENTS } from "@/lib/domain/attachment-limit";
import { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES } from "@/lib/domain/document-file";
import type { LimitName } from "@/lib/domain/limit-name";
import { ApiFailure, getJson, request } from "./api-client";

const loadSchema = () =>
  import("@/lib/domain/attachment").then(({ attachmentListSchema }) => attachmentListSchema);

const POLL_MS = 700;

/** Why a file was not taken. */
export interface AttachmentProblem {
  code: "kind" | "size" | "count" | "refused" | "network" | LimitName;
  /** The file's name, or the code of the server's refusal. */
  detail: string;
}

export interface AttachmentsState {
  items: readonly Attachment[];
  /** Names of files that are on their way to the server. */
  sending: readonly string[];
  /** Whether some file cannot be searched yet. */
  busy: boolean;
  problem: AttachmentProblem | null;
  add(files: readonly File[]): void;
  remove(documentId: string): void;
}

/** The files of a conversation; asked for where there may be some. */
export function useAttachments(sessionId: string, stored: boolean): AttachmentsState {
  const path = `/api/sessions/${sessionId}/attachments`;
  const [touched, setTouched] = useState(false);
  const [sending, setSending] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<AttachmentProblem | null>(null);
  const { data, mutate } = useSWR(stored || touched ? path : null, (key) => getJson(key, loadSchema()), {
    refreshInterval: (latest) => (latest?.items.some(isOpen) ? POLL_MS : 0),
  });
  const items = data?.items ?? [];

  const send = async (files: readonly File[]) => {
    const names = files.map(({ name }) => name);
    setSending((current) => [...current, ...names]);
    const body = new FormData();
    for (const file of files) body.append("files", file);
    try {
      const response = await request(path, { method: "POST", body });
      setTouched(true);
      const list = (await loadSchema()).parse(await response.json());
      await mutate(list, { revalidate: false });
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setSending((current) => current.filter((name) => !names.includes(name)));
    }
  };
  return {
    items,
    sending,
    busy: sending.length > 0 || items.some(isOpen),
    problem,
    add(files) {
      const refusal = refusalOf(files, items.length + sending.length);
      setProblem(refusal);
      if (refusal === null && files.length > 0) void send(files);
    },
    remove(documentId) {
      setProblem(null);
      const left = { items: items.filter(({ document_id }) => document_id !== documentId) };
      const gone = request(`${path}/${documentId}`, { method: "DELETE" }).then(() => left);
      void mutate(gone, { optimisticData: left, rollbackOnError: true, revalidate: true }).catch((error) =>
        setProblem(toProblem(error)),
      );
    },
  };
}

function isOpen({ state }: Attachment): boolean {
  return state === "queued" || state === "running";
}

/** What the server would refuse is not sent. */
function refusalOf(files: readonly File[], there: number): AttachmentProblem | null {
  if (there + files.length > MAX_ATTACHMENTS) return { code: "count", detail: "" };
  const odd = files.find(({ name }) => !ACCEPTED_EXTENSIONS.some((end) => name.toLowerCase().endsWith(end)));
  if (odd) return { code: "kind", detail: odd.name };
  const large = files.find(({ size }) => size > MAX_FILE_BYTES);
  return large ? { code: "size", detail: large.name } : null;
}

function toProblem(error: unknown): AttachmentProblem {
  if (error instanceof ApiFailure) return { code: error.limit ?? "refused", detail: error.code };
  return { code: "network", detail: "" };
}
