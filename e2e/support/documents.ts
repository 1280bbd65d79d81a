import { setTimeout as wait } from "node:timers/promises";
import { acceptedJobsSchema, type Job, jobSchema } from "@/lib/domain/job";
import type { Client } from "./ask";

/** What an administrator does with documents, by API. */
export interface Documents {
  createBase(prefix: string): Promise<void>;
  /** Sends files in one request; the answer's status, and its jobs where there are some. */
  send(
    prefix: string,
    files: Record<string, string | Uint8Array>,
  ): Promise<{ status: number; jobs: Queued[] }>;
  /** Waits until jobs have ended. */
  ended(jobs: readonly Queued[]): Promise<Job[]>;
  /** Texts that a search finds. */
  search(prefix: string, query: string): Promise<string[]>;
}

type Queued = Pick<Job, "job_id" | "name">;

const LIMIT_MS = 60_000;

export function createDocuments(admin: Client): Documents {
  const json = (body: object) => ({
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  /** Nothing while the server is not connected to Redis (again): it says 503, and to try again. */
  const read = async ({ job_id }: Queued): Promise<Job[]> => {
    const response = await admin.fetch(`/api/jobs/${job_id}`);
    return response.status === 503 ? [] : [jobSchema.parse(await response.json())];
  };
  return {
    async createBase(prefix) {
      const { status } = await admin.fetch("/api/knowledge-bases", json({ prefix, title: prefix }));
      if (status !== 201) throw new Error(`the knowledge base was not made: ${status}`);
    },
    async send(prefix, files) {
      const body = new FormData();
      for (const [name, content] of Object.entries(files))
        body.append("files", new File([new Uint8Array(Buffer.from(content))], name));
      const response = await admin.fetch(`/api/knowledge-bases/${prefix}/documents`, {
        method: "POST",
        body,
      });
      const parsed = acceptedJobsSchema.safeParse(await response.json());
      return { status: response.status, jobs: parsed.data?.jobs ?? [] };
    },
    async ended(jobs) {
      const deadline = Date.now() + LIMIT_MS;
      for (;;) {
        const all = (await Promise.all(jobs.map(read))).flat();
        const hasEnded = ({ state }: Job) => state === "done" || state === "failed";
        if (all.length === jobs.length && all.every(hasEnded)) return all;
        if (Date.now() > deadline) throw new Error(`jobs did not end: ${JSON.stringify(all)}`);
        await wait(100);
      }
    },
    async search(kb_prefix, query) {
      const body = json({ query, kb_prefix, agent_type: "hybrid_agent", top_k: 5 });
      const { results } = await (await admin.fetch("/api/search", body)).json();
      return results.map(({ text }: { text: string }) => text);
    },
  };
}
