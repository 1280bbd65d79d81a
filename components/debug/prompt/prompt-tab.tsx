import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Generation } from "@/lib/domain/run-record";
import { formatCount } from "@/lib/run-view/format";
import { Notice } from "../panel-notice";
import { PayloadNote } from "../payload-note";
import { ReplayButton } from "../replay/replay-button";
import { SectionHeading } from "../section-heading";
import { KIND_ICON } from "../span-kind";
import { SupportSection } from "../support/support-section";
import type { TabViewProps } from "../tab-view";
import { findKept, usePayload } from "../use-payload";
import { buildPromptView, chooseGeneration } from "./build-prompt-view";
import { GenerationPicker } from "./generation-picker";
import { MessageRow } from "./message-row";
import { ORIGIN_COLOR } from "./origin-color";
import { ParameterList } from "./parameter-list";
import { PromptFooter } from "./prompt-footer";
import { PromptPieces } from "./prompt-pieces";
import { ResponseBlock } from "./response-block";
import { TokenBar } from "./token-bar";
import { wholeGeneration } from "./whole-generation";

/** A model call of the run exactly as it was made. */
export function PromptTab(props: TabViewProps) {
  const t = useTranslations("debug.prompt");
  const { record, spanId } = props;
  const generation = chooseGeneration(record.generations, spanId);
  if (generation) return <GenerationView {...props} generation={generation} />;
  const waits = record.status === "running";
  return <Notice icon={KIND_ICON.generation} title={waits ? t("waiting") : t("none")} />;
}

function GenerationView({ generation: shown, ...props }: TabViewProps & { generation: Generation }) {
  const { record, payloads, onSelectSpan } = props;
  const t = useTranslations("debug.prompt");
  const prompt = usePayload(record.request_id, findKept(payloads, shown.span_id, "messages"));
  const response = usePayload(record.request_id, findKept(payloads, shown.span_id, "response"));
  const generation = useMemo(
    () => wholeGeneration(shown, [prompt.payload, response.payload]),
    [shown, prompt.payload, response.payload],
  );
  const view = useMemo(() => buildPromptView(generation, record.context), [generation, record.context]);
  return (
    <>
      <div className="min-h-0 flex-1 overflow-auto">
        <SectionHeading
          title={t("messages", { n: view.messages.length })}
          detail={t("tokens", { n: formatCount(view.promptTokens) })}
        >
          <GenerationPicker generations={record.generations} shown={generation} onSelect={onSelectSpan} />
        </SectionHeading>
        <TokenBar view={view} />
        <PayloadNote handle={prompt} className="border-line border-b px-3 py-1.5" />
        {view.messages.map((message) => (
          <MessageRow
            key={`${generation.span_id} ${message.key}`}
            speaker={message.role}
            color={ORIGIN_COLOR[message.origin]}
            tokens={message.tokens}
            content={message.content}
            openAtFirst={message.origin !== "memory"}
          >
            <PromptPieces
              pieces={message.pieces}
              highlightedPassageId={props.highlightedPassageId}
              onHighlightPassage={props.onHighlightPassage}
              selectedPassageId={props.selectedPassageId}
              onSelectPassage={props.onSelectPassage}
            />
          </MessageRow>
        ))}
        <ResponseBlock
          key={generation.span_id}
          generation={generation}
          running={record.status === "running"}
        />
        <PayloadNote handle={response} className="px-3 py-1.5" />
        {generation.purpose === "answer" ? <SupportSection record={record} /> : null}
        <ParameterList parameters={generation.parameters} />
      </div>
      <PromptFooter requestId={record.request_id} generation={generation} prompt={prompt}>
        <ReplayButton record={record} onSelectRequest={props.onSelectRequest} />
      </PromptFooter>
    </>
  );
}
