import { randomBytes } from "node:crypto";
import type { Datasets } from "./datasets";
import type { Eraser } from "./eraser";
import type { Experiments } from "./experiments";
import { createLangfuseApi } from "./langfuse-api";
import { createLangfuseArchive } from "./langfuse-archive";
import { createLangfuseDatasets } from "./langfuse-datasets";
import { createLangfuseEraser } from "./langfuse-eraser";
import { createLangfuseExperiments } from "./langfuse-experiments";
import { createLangfuseMetrics } from "./langfuse-metrics";
import type { LangfuseProject } from "./langfuse-project";
import { createLangfusePromptSource } from "./langfuse-prompt-source";
import type { Metrics } from "./metrics";
import { noPromptSource, type PromptSource } from "./prompt-source";
import type { RunArchive } from "./run-archive";
import { createServerFacts } from "./server-facts";
import type { TraceSinkOptions } from "./trace-sink-options";

interface LangfuseOptions
  extends Pick<
    TraceSinkOptions,
    "enabled" | "publicKey" | "secretKey" | "host" | "publicUrl" | "projectId" | "release" | "clock" | "log"
  > {
  /** Answers are made with the prompt that has this label; null: with the built-in one. */
  promptLabel: string | null;
}

/** What people and commands ask of Langfuse; that traces go there is the sink's matter. */
export interface Langfuse {
  archive: RunArchive;
  datasets: Datasets;
  prompts: PromptSource;
  metrics: Metrics;
  experiments: Experiments;
  eraser: Eraser;
}

/** Null when Langfuse is off or its keys are missing: then nothing is ever asked. */
export function openLangfuse(options: LangfuseOptions): Langfuse | null {
  const project = connectProject(options);
  if (!project) return null;
  const { promptLabel: label, release, log } = options;
  return {
    archive: createLangfuseArchive(project),
    datasets: createLangfuseDatasets(project),
    metrics: createLangfuseMetrics(project),
    eraser: createLangfuseEraser(project),
    experiments: createLangfuseExperiments(project, { release, newId }),
    prompts: label === null ? noPromptSource : createLangfusePromptSource(project, { label, log }),
  };
}

function newId(): string {
  return randomBytes(8).toString("hex");
}

function connectProject(options: LangfuseOptions): LangfuseProject | null {
  const { enabled, publicKey, secretKey, host, publicUrl, projectId, clock } = options;
  if (!enabled || !publicKey || !secretKey) return null;
  const api = createLangfuseApi({ host, publicKey, secretKey });
  const facts = createServerFacts(api, { projectId, monotonic: () => clock.monotonic() });
  return { api, facts, publicUrl, clock };
}
