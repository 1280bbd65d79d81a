"use client";

import { useMemo } from "react";
import { useStableCallback } from "@/components/ui/use-stable-callback";
import type { TurnModel } from "../answer/build-turns";
import { showVersion } from "../data/use-conversation";
import { useMe } from "../data/use-me";
import type { SourcePanelState } from "../sources/use-source-panel";
import type { Ask } from "../stream/live-turn";
import { useStreamHub } from "../stream/stream-context";
import type { TurnProps } from "./turn";
import type { DebugPanelState } from "./use-debug-panel";

interface TurnPropsInput {
  sessionId: string;
  turns: readonly TurnModel[];
  running: boolean;
  onAsk(message: string, version?: Partial<Pick<Ask, "regenerateOf" | "continueOf">>): void;
  /** Puts text as a quotation into the composer; always the same function. */
  onQuote(text: string): void;
  debug: DebugPanelState;
  sources: SourcePanelState;
}

/**
 * What all turns of a conversation get. It stays the same object by object while an answer is being written,
 * so that the other turns are not drawn with every token.
 */
export function useTurnProps(input: TurnPropsInput): Omit<TurnProps, "turn" | "recent" | "printing"> {
  const { sessionId, turns, running, onAsk, onQuote, debug, sources } = input;
  const hub = useStreamHub();
  const extractive = useMe()?.model.extractive === true;
  const regenerate = useStableCallback((requestId: string) =>
    onAsk(questionOf(turns, requestId), { regenerateOf: requestId }),
  );
  const goOn = useStableCallback((requestId: string) =>
    onAsk(questionOf(turns, requestId), { continueOf: requestId }),
  );
  const edit = useStableCallback((requestId: string | null, question: string) =>
    onAsk(question, { regenerateOf: requestId }),
  );
  const onShowVersion = useStableCallback((requestId: string) => void showVersion(sessionId, requestId));
  const onAskAgain = useStableCallback(() => hub.retry(sessionId));
  const inspect = useStableCallback((requestId: string) => inspectAnswer(requestId, debug, sources));
  const handlers = {
    onHighlight: useStableCallback(debug.hoverPassage),
    onSelect: useStableCallback(debug.selectPassage),
    openSource: useStableCallback(sources.open),
    inspectPassage: useStableCallback(debug.inspectPassage),
  };
  const { allowed, inspectedId } = debug;
  const highlightedPassageId = debug.highlightedPassageId ?? sources.shown?.source.passage_id ?? null;
  const citesInDebug = debug.open && sources.shown === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the handlers never change
  return useMemo(
    () => ({
      sessionId,
      extractive,
      onRegenerate: running ? null : regenerate,
      onContinue: running ? null : goOn,
      onEdit: running ? null : edit,
      onShowVersion,
      onQuote,
      onAskAgain,
      debug: allowed ? { inspectedId, inspect } : null,
      passages: {
        ...handlers,
        highlightedPassageId,
        citesInDebug,
        inspectPassage: allowed ? handlers.inspectPassage : null,
      },
    }),
    [sessionId, extractive, running, allowed, inspectedId, highlightedPassageId, citesInDebug],
  );
}

function questionOf(turns: readonly TurnModel[], requestId: string): string {
  const own = (turn: TurnModel) => turn.versions.some((version) => version.requestId === requestId);
  return turns.find(own)?.question ?? "";
}

/** Shows an answer in the debug panel; one that lies there already, below a source, comes to light again. */
function inspectAnswer(requestId: string, debug: DebugPanelState, sources: SourcePanelState): void {
  const wasBelow = sources.makeRoom();
  if (!wasBelow || debug.requestId !== requestId) debug.inspect(requestId);
}
