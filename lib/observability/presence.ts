import { z } from "zod";
import type { LangfuseApi } from "./langfuse-api";
import type { ServerFacts } from "./server-facts";
import { readServerMajor } from "./server-major";

const LOOK_TIMEOUT_MS = 3000;
/** Whoever asks waits no longer than this. */
const PATIENCE_MS = 1000;
/** Pauses between looks at one trace that is not there yet; the last one stays. */
const PAUSES_MS = [2000, 4000, 8000, 16_000, 30_000, 60_000];
/** Traces of which we remember when we looked last. */
const MAX_REMEMBERED = 1000;

const observationsSchema = z.object({ data: z.array(z.object({ traceId: z.string().nullish() })) });
const traceSchema = z.object({ id: z.string() });

interface Looks {
  count: number;
  nextAt: number;
  running: Promise<boolean> | null;
  visible: boolean;
}

/** Looks through Langfuse's API whether a trace is there. */
export interface Presence {
  /**
   * Answers within a second: false also where it is too early to look again, or where a look takes longer
   * (the next question then hears its result). One look at a time per trace.
   */
  isVisible(traceId: string): Promise<boolean>;
}

export function createPresence(
  api: LangfuseApi,
  facts: ServerFacts,
  { monotonic, wait }: { monotonic: () => number; wait: (ms: number) => Promise<void> },
): Presence {
  const remembered = new Map<string, Looks>();

  function looksAt(traceId: string): Looks {
    const looks = remembered.get(traceId) ?? { ...noLooks };
    remembered.delete(traceId);
    remembered.set(traceId, looks);
    const oldest = remembered.size > MAX_REMEMBERED ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    return looks;
  }

  async function begin(looks: Looks, traceId: string): Promise<boolean> {
    looks.visible = await look(api, facts, traceId);
    looks.running = null;
    looks.nextAt = monotonic() + (PAUSES_MS[Math.min(looks.count, PAUSES_MS.length - 1)] ?? 0);
    looks.count += 1;
    return looks.visible;
  }

  async function isVisible(traceId: string): Promise<boolean> {
    const looks = looksAt(traceId);
    if (looks.visible) return true;
    if (!looks.running && monotonic() < looks.nextAt) return false;
    looks.running ??= begin(looks, traceId);
    return Promise.race([looks.running, wait(PATIENCE_MS).then(() => false)]);
  }

  return { isVisible };
}

const noLooks: Looks = { count: 0, nextAt: Number.NEGATIVE_INFINITY, running: null, visible: false };

/** A server v4 answers 404 to the old route whatever is there; a server v3 does not know the new one. */
async function look(api: LangfuseApi, facts: ServerFacts, traceId: string): Promise<boolean> {
  const major = await readServerMajor(facts);
  const path =
    major < 4
      ? `/api/public/traces/${traceId}?fields=core`
      : `/api/public/v2/observations?traceId=${traceId}&limit=1`;
  const answer = await api.call({ method: "GET", path, timeoutMs: LOOK_TIMEOUT_MS });
  if (answer.kind !== "answered" || answer.status !== 200) return false;
  if (major < 4) return traceSchema.safeParse(answer.body).success;
  const found = observationsSchema.safeParse(answer.body).data?.data ?? [];
  return found.some((observation) => observation.traceId === traceId);
}
