import { meanSupport } from "@/lib/domain/citation-support";
import type { RunRecord } from "@/lib/domain/run-record";
import type { CitationSupport, SupportFacts } from "@/lib/domain/support-facts";
import { createOpenWork } from "@/lib/open-work";
import { keepsContent, toKeptText } from "@/lib/security/redaction";
import { toCallTrace } from "../call-trace";
import type { ChatServicePorts } from "../chat-service-ports";
import type { OnCall } from "../on-call";
import { checkCitations } from "./check-citations";
import { judgeCitations } from "./judge-citations";

interface EndedRun {
  /** Masked. */
  record: RunRecord;
  /** Whether it is kept for the sidebar. */
  stored: boolean;
  userId: string;
  onCall: OnCall;
}

export interface SupportChecks {
  /** Checks the citations of a run that has ended. Returns at once, before anything was computed. */
  start(run: EndedRun): void;
  /** Resolves when the checks that were started are done; each takes the time of one model call at most. */
  settled(): Promise<void>;
}

/** Checks answers after their end: what it finds goes into the run's facts and to Langfuse as a score. */
export function createSupportChecks(ports: ChatServicePorts): SupportChecks {
  const open = createOpenWork();

  async function check({ record, stored, userId, onCall }: EndedRun): Promise<void> {
    if (record.citations.length === 0) return;
    // The reader's `done` goes first.
    await ports.turns.next();
    const asksModel = ports.supportCheck === "model" && !ports.model.extractive;
    const citations = checkCitations(record);
    const byWords: SupportFacts = { method: "lexical", pending: asksModel, citations, generation: null };
    const keep = async (support: SupportFacts) => {
      if (stored) await ports.runs.patchFacts(record.request_id, { support: toKeptSupport(support) });
      if (!support.pending) sendScore(record.request_id, support, stored);
    };
    await keep(byWords);
    if (!asksModel) return;
    const { citations: judged, generation } = await judgeCitations(record, citations, ports);
    onCall?.(generation);
    const method = judged ? ("model" as const) : ("lexical" as const);
    await keep({ method, pending: false, citations: judged ?? citations, generation });
    const failure = "The model did not judge the citations.";
    const run = { ...record, message: toKeptText(record.message) };
    const trace = toCallTrace(run, { name: "citation_support", failure, generation }, ports);
    ports.sink.export({ record: trace, userId, debug: stored }, () => undefined);
  }

  function sendScore(requestId: string, { citations }: SupportFacts, stored: boolean): void {
    const support = meanSupport(citations);
    const traced = ports.sink.initialLink(requestId, stored).state === "pending";
    if (support !== null && traced) ports.sink.scoreSupport(requestId, support);
  }

  return {
    start(run) {
      const checking = check(run).catch((error) =>
        ports.log.warn({ request_id: run.record.request_id, error: String(error) }, "support check failed"),
      );
      open.add(checking);
    },
    settled: open.settled,
  };
}

/** What was judged without what it was judged by, where contents are not kept. */
function toKeptSupport(support: SupportFacts): SupportFacts {
  if (keepsContent()) return support;
  const withoutEvidence = (citation: CitationSupport) => ({ ...citation, evidence: null });
  return { ...support, citations: support.citations.map(withoutEvidence) };
}
