import useSWR, { mutate } from "swr";
import { getJson } from "@/components/chat/data/api-client";
import { type Job, jobListSchema, jobSchema } from "@/lib/domain/job";
import { isMissing } from "./use-base";

const LIMIT = 100;
/** Jobs that the list has no room for are asked for one by one, these many at a time. */
const ASKED_ALONE = 20;
const POLL_MS = 1_000;

const listPath = (kbPrefix: string) => `/api/jobs?kb_prefix=${kbPrefix}&limit=${LIMIT}`;

/** Jobs that have ended do not change any more. */
const ended = new Map<string, Job>();
/** Jobs that were open when they were last seen. */
const open = new Set<string>();

/**
 * The last jobs of a knowledge base, and those with the given ids, newest first. Asks again each second while
 * one of them is open and the page can be seen. `onEnded` is called when one that was open has ended.
 */
export function useJobs(kbPrefix: string, ids: readonly string[], onEnded: () => void): Job[] {
  const { data } = useSWR(listPath(kbPrefix), (path) => loadJobs(path, ids), {
    refreshInterval: (jobs) => (openCount(jobs ?? [], ids) > 0 ? POLL_MS : 0),
    onSuccess: (jobs) => {
      if (takeNews(jobs, ids)) onEnded();
    },
  });
  return data ?? [];
}

export async function refreshJobs(kbPrefix: string): Promise<void> {
  await mutate(listPath(kbPrefix));
}

/** A job that is run again is open again. */
export function forgetEnd(jobId: string): void {
  ended.delete(jobId);
}

async function loadJobs(path: string, ids: readonly string[]): Promise<Job[]> {
  const { items } = await getJson(path, jobListSchema);
  const listed = new Set(items.map(({ job_id }) => job_id));
  const others = ids.filter((id) => !listed.has(id));
  const known = others.flatMap((id) => ended.get(id) ?? []);
  const unknown = others.filter((id) => !ended.has(id)).slice(0, ASKED_ALONE);
  const asked = await Promise.all(unknown.map(loadJob));
  return [...items, ...known, ...asked.flat()];
}

/** Empty when the job was forgotten, with its knowledge base for one. */
async function loadJob(id: string): Promise<Job[]> {
  try {
    return [await getJson(`/api/jobs/${id}`, jobSchema)];
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Keeps what became of the jobs; whether one that was open, or that was just begun, has ended. */
function takeNews(jobs: readonly Job[], ids: readonly string[]): boolean {
  let news = false;
  for (const job of jobs) {
    const { job_id } = job;
    if (isOpen(job)) {
      open.add(job_id);
      continue;
    }
    news ||= open.has(job_id) || (ids.includes(job_id) && !ended.has(job_id));
    open.delete(job_id);
    ended.set(job_id, job);
  }
  return news;
}

function isOpen({ state }: Job): boolean {
  return state === "queued" || state === "running";
}

function openCount(jobs: readonly Job[], ids: readonly string[]): number {
  const known = new Set(jobs.map(({ job_id }) => job_id));
  return jobs.filter(isOpen).length + ids.filter((id) => !known.has(id)).length;
}
