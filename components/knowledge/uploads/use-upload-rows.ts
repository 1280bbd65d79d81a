"use client";

import { useEffect, useState } from "react";
import { refreshBases } from "../data/use-base-list";
import { refreshDocuments } from "../data/use-documents";
import { refreshJobs, useJobs } from "../data/use-jobs";
import { buildUploadRows, type UploadRow } from "./build-upload-rows";
import { uploads } from "./uploads";
import { useUploads } from "./use-uploads";

/** What is on its way into a knowledge base; what has arrived shows in the lists of the page. */
export function useUploadRows(kbPrefix: string): { rows: UploadRow[]; dismiss(): void } {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const own = useUploads().filter((upload) => upload.kbPrefix === kbPrefix);
  const ids = own.flatMap(({ state }) => (state.type === "accepted" ? [state.jobId] : []));
  const jobs = useJobs(kbPrefix, ids, () => {
    void refreshDocuments(kbPrefix);
    void refreshBases();
  });
  const accepted = ids.length;
  useEffect(() => {
    if (accepted > 0) void refreshJobs(kbPrefix);
  }, [kbPrefix, accepted]);
  const rows = buildUploadRows(own, jobs, dismissed, Date.now());
  return {
    rows,
    dismiss() {
      setDismissed(
        new Set([...dismissed, ...rows.filter(({ state }) => state === "failed").map(({ key }) => key)]),
      );
      uploads.clear(kbPrefix);
    },
  };
}
