import type { Clock } from "@/lib/domain/clock";
import type { LangfuseApi } from "./langfuse-api";
import type { ServerFacts } from "./server-facts";

/** A connection to one project of a Langfuse server, for all that a person or a command asks of it. */
export interface LangfuseProject {
  api: LangfuseApi;
  facts: ServerFacts;
  /** Address that a browser reaches, without a last slash. */
  publicUrl: string;
  clock: Clock;
}
