"use client";

import { useTranslations } from "next-intl";
import type { Job } from "@/lib/domain/job";

/** Why a job failed. The server's sentence is English, so other languages have a text of their own for it. */
export function JobFault({ job }: { job: Job }) {
  const t = useTranslations("knowledge.uploads.fault");
  return job.error_code === null ? job.error : t(job.error_code, { sentence: job.error ?? "" });
}
