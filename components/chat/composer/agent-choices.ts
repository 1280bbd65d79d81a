import { retrieverAgentSchema } from "@/lib/domain/agent";

/** What can be chosen to search; `auto` is all of them at once. */
export const AGENT_CHOICES = ["auto", ...retrieverAgentSchema.options] as const;
export type AgentChoice = (typeof AGENT_CHOICES)[number];
