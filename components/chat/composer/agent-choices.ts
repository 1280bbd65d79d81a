import { RETRIEVER_AGENTS } from "@/lib/domain/agent-names";

/** What can be chosen to search; `auto` is all of them at once. */
export const AGENT_CHOICES = ["auto", ...RETRIEVER_AGENTS] as const;
export type AgentChoice = (typeof AGENT_CHOICES)[number];
