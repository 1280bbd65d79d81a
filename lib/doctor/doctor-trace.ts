import type { Observation, RunTrace } from "@/lib/observability/observation";

/** Long enough to be seen in a timeline. */
const LENGTH_MS = 10;

/** A trace of one call that never was: what is looked for afterwards is that both its observations arrive. */
export function doctorTrace(id: string, now: number): RunTrace {
  const rootId = id.slice(0, 16);
  const root: Observation = {
    id: rootId,
    parentObservationId: null,
    name: "sidetrace_doctor",
    type: "span",
    startTime: now - LENGTH_MS,
    endTime: now,
    level: "DEFAULT",
    statusMessage: null,
    input: null,
    output: null,
    metadata: {},
    model: null,
    modelParameters: null,
    usageDetails: null,
    costDetails: null,
    completionStartTime: null,
    prompt: null,
  };
  const generation: Observation = {
    ...root,
    id: id.slice(16),
    parentObservationId: rootId,
    name: "llm_generation",
    type: "generation",
    model: "offline",
    usageDetails: { input: 1, output: 1, total: 2 },
  };
  return {
    id,
    name: root.name,
    userId: null,
    sessionId: null,
    tags: ["doctor"],
    metadata: {},
    observations: [root, generation],
  };
}
