import {
  createParser,
  parseAsArrayOf,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs";
import { RETRIEVER_AGENTS } from "@/lib/domain/agent-names";

/** The agents that are compared: each retriever, and all of them merged. */
export const BENCH_AGENTS = [...RETRIEVER_AGENTS, "fusion_agent"] as const;
export type BenchAgent = (typeof BENCH_AGENTS)[number];

export const MAX_TOP_K = 100;

const parseAsTopK = createParser({
  parse: (text) => {
    const number = parseAsInteger.parse(text);
    return number !== null && number >= 1 && number <= MAX_TOP_K ? number : null;
  },
  serialize: String,
});

const agentList = parseAsArrayOf(parseAsStringLiteral(BENCH_AGENTS));
const parseAsAgents = createParser({
  /** An address that names no agent that there is means all of them. */
  parse: (text) => {
    const agents = agentList.parse(text) ?? [];
    return agents.length > 0 ? agents : null;
  },
  serialize: agentList.serialize,
  eq: agentList.eq,
});

/** What is searched, as the address holds it, so that a comparison can be shared. */
export const BENCH_PARAMETERS = {
  q: parseAsString.withDefault(""),
  kb: parseAsString.withDefault(""),
  k: parseAsTopK.withDefault(10),
  agents: parseAsAgents.withDefault([...BENCH_AGENTS]),
  /** Earlier questions of a conversation, oldest first, one parameter each. */
  history: parseAsNativeArrayOf(parseAsString).withDefault([]),
};

export interface BenchQuery {
  q: string;
  kb: string;
  k: number;
  agents: readonly BenchAgent[];
  history: readonly string[];
}

/** The agents in their fixed order, whatever the address's order. */
export function inOrder(agents: readonly BenchAgent[]): BenchAgent[] {
  return BENCH_AGENTS.filter((agent) => agents.includes(agent));
}
