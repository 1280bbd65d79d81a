import { z } from "zod";
import type { Answer, LangfuseApi } from "./langfuse-api";

/** Limit of one question, and the pause before one that failed is asked again. */
const ASK_TIMEOUT_MS = 3000;
const ASK_AGAIN_MS = 10_000;

const healthSchema = z.object({ version: z.string() });
const projectsSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** What we ask a Langfuse server once: its version and the project of our keys. Null while unknown. */
export interface ServerFacts {
  version(): Promise<string | null>;
  projectId(): Promise<string | null>;
  /** The version as far as it is known, without asking. */
  knownVersion(): string | null;
  /** Asks the server whether it is there; for a look at its health. */
  refresh(): Promise<void>;
}

export function createServerFacts(
  api: LangfuseApi,
  options: { projectId: string | null; monotonic: () => number },
): ServerFacts {
  const ask = async (path: string) =>
    parse(await api.call({ method: "GET", path, timeoutMs: ASK_TIMEOUT_MS }));
  const version = askOnce(null, options.monotonic, async () => {
    return healthSchema.safeParse(await ask("/api/public/health")).data?.version ?? null;
  });
  const projectId = askOnce(options.projectId, options.monotonic, async () => {
    return projectsSchema.safeParse(await ask("/api/public/projects")).data?.data[0]?.id ?? null;
  });
  return {
    version: version.get,
    projectId: projectId.get,
    knownVersion: version.known,
    refresh: async () => void (await version.renew()),
  };
}

const parse = (answer: Answer) => (answer.kind === "answered" && answer.status === 200 ? answer.body : null);

/** A question that is asked until it is answered: one at a time, and not again right after a failure. */
function askOnce(given: string | null, monotonic: () => number, ask: () => Promise<string | null>) {
  let known = given;
  let running: Promise<string | null> | null = null;
  let askAgainAt = Number.NEGATIVE_INFINITY;
  function renew(): Promise<string | null> {
    running ??= ask()
      .then((answer) => {
        known = answer ?? known;
        if (answer === null) askAgainAt = monotonic() + ASK_AGAIN_MS;
        return known;
      })
      .finally(() => {
        running = null;
      });
    return running;
  }
  async function get(): Promise<string | null> {
    if (known !== null || monotonic() < askAgainAt) return known;
    return renew();
  }
  return { get, renew, known: () => known };
}
