import type { RetrieverAgent } from "@/lib/domain/agent-names";
import type { ContextPassage, RagRun } from "@/lib/domain/run-record";

interface SamplePassage {
  id: string;
  title: string;
  heading: string;
  text: string;
  ranks: ContextPassage["ranks"];
  relevance: number;
  tokens: number;
}

const filler =
  "The setting is kept per workspace. Changes are written to the audit log with the name of whoever made them, " +
  "and take effect within ten seconds in every region. ";

function sample(
  id: string,
  title: string,
  heading: string,
  ranks: ContextPassage["ranks"],
  relevance: number,
  text: string,
): SamplePassage {
  const whole = `${text} ${filler.repeat(3)}`.trim();
  return { id, title, heading, ranks, relevance, text: whole, tokens: Math.ceil(whole.length / 4) };
}

/** Ten passages of an invented product's documents in merged order. */
export const samplePassages: readonly SamplePassage[] = [
  sample(
    "api-keys#rotation-02",
    "Rotate an API key",
    "API keys › Rotation › Grace period",
    { naive_rag_agent: 1, hybrid_agent: 1 },
    0.91,
    "When you rotate an API key, the old key enters the retiring state and stays valid for the grace period of your plan.",
  ),
  sample(
    "security#states-01",
    "Key lifecycle",
    "Security › Keys › States and transitions",
    { hybrid_agent: 2, graph_agent: 1 },
    0.84,
    "A key is active, retiring or revoked. Rotating creates a second active key and sets the old key to retiring.",
  ),
  sample(
    "cli#keys-rotate",
    "harbor keys rotate",
    "CLI › Keys › rotate",
    { naive_rag_agent: 2, hybrid_agent: 3 },
    0.79,
    "harbor keys rotate <id> --grace 72h creates the replacement and prints it once.",
  ),
  sample(
    "billing#key-limits",
    "Plans and limits",
    "Billing › Plans › API key limits",
    { naive_rag_agent: 3, hybrid_agent: 5 },
    0.72,
    "The Team plan allows 24 hours of grace, Business 7 days, Enterprise 30 days.",
  ),
  sample(
    "security#edge",
    "Revocation propagation",
    "Security › Edge › Cache expiry",
    { graph_agent: 2 },
    0.7,
    "A revoked key is refused at the edge within 30 seconds.",
  ),
  sample(
    "identity#service",
    "Service accounts",
    "Identity › Service accounts › Credentials",
    { graph_agent: 3 },
    0.66,
    "Service accounts hold keys of their own.",
  ),
  sample(
    "guides#secrets",
    "Deploy secrets",
    "Guides › Secrets › Rolling deploy",
    { naive_rag_agent: 4 },
    0.64,
    "Roll a secret out to half of the instances first.",
  ),
  sample(
    "events#key-rotated",
    "Audit events",
    "Reference › Events › key.rotated",
    { hybrid_agent: 4 },
    0.61,
    "key.rotated is written once per rotation.",
  ),
  sample(
    "start#auth",
    "API quickstart",
    "Get started › Authenticate",
    { naive_rag_agent: 5 },
    0.58,
    "Send the key as a bearer token.",
  ),
  sample(
    "errors#401",
    "Error codes",
    "Reference › Errors › 401 expired_key",
    { hybrid_agent: 6 },
    0.55,
    "expired_key means that the grace period is over.",
  ),
];

/** What one agent found of them, in its own order. */
export function sampleResults(agent: RetrieverAgent): RagRun["results"] {
  return samplePassages
    .flatMap(({ id, title, heading, text, relevance, ranks }) => {
      const rank = ranks[agent];
      const document_id = id.split("#")[0] ?? id;
      return rank === undefined
        ? []
        : [{ passage_id: id, document_id, title, heading, rank, relevance, text }];
    })
    .sort((a, b) => a.rank - b.rank);
}

/** The merged ranking: the first eight in the prompt, the rest beyond the budget. */
export function sampleRanking(): ContextPassage[] {
  return samplePassages.map(({ id, ranks, relevance, tokens }, index) => {
    const kept = index < 8;
    return {
      passage_id: id,
      n: kept ? index + 1 : null,
      position: index + 1,
      fused_score: Object.values(ranks).reduce((sum, rank) => sum + 1 / (60 + rank), 0),
      relevance,
      tokens,
      ranks,
      state: kept ? "in_prompt" : "dropped",
      reason: kept ? null : "budget",
      cited: false,
    };
  });
}
