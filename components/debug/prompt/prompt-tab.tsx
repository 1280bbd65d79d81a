import { Check, Terminal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useCopy } from "@/components/ui/use-copy";
import type { Generation } from "@/lib/domain/run-record";
import { buildCurl, isMasked } from "@/lib/run-view/curl";
import { formatCount } from "@/lib/run-view/format";
import { Notice } from "../panel-notice";
import { ReplayButton } from "../replay/replay-button";
import { SectionHeading } from "../section-heading";
import { KIND_ICON } from "../span-kind";
import { SupportSection } from "../support/support-section";
import type { TabViewProps } from "../tab-view";
import { buildPromptView, chooseGeneration } from "./build-prompt-view";
import { GenerationPicker } from "./generation-picker";
import { MessageRow } from "./message-row";
import { ORIGIN_COLOR } from "./origin-color";
import { ParameterList } from "./parameter-list";
import { PromptPieces } from "./prompt-pieces";
import { ResponseBlock } from "./response-block";
import { TokenBar } from "./token-bar";

/** A model call of the run exactly as it was made. */
export function PromptTab(props: TabViewProps) {
  const t = useTranslations("debug.prompt");
  const { record, spanId } = props;
  const generation = chooseGeneration(record.generations, spanId);
  if (generation) return <GenerationView {...props} generation={generation} />;
  const waits = record.status === "running";
  return <Notice icon={KIND_ICON.generation} title={waits ? t("waiting") : t("none")} />;
}

function GenerationView({ generation, ...props }: TabViewProps & { generation: Generation }) {
  const { record, onSelectSpan, highlightedPassageId, onHighlightPassage } = props;
  const t = useTranslations("debug.prompt");
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
              highlightedPassageId={highlightedPassageId}
              onHighlightPassage={onHighlightPassage}
            />
          </MessageRow>
        ))}
        <ResponseBlock
          key={generation.span_id}
          generation={generation}
          running={record.status === "running"}
        />
        {generation.purpose === "answer" ? <SupportSection record={record} /> : null}
        <ParameterList parameters={generation.parameters} />
      </div>
      <PromptFooter generation={generation} record={record} onSelectRequest={props.onSelectRequest} />
    </>
  );
}

type PromptFooterProps = Pick<TabViewProps, "record" | "onSelectRequest"> & { generation: Generation };

function PromptFooter({ generation, ...replay }: PromptFooterProps) {
  const t = useTranslations("debug");
  const { copied, copy } = useCopy();
  const masked = useMemo(() => isMasked(generation), [generation]);
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-line border-t bg-bg1 px-3 py-2">
      <Button onClick={() => copy(buildCurl(generation))}>
        <Icon of={copied ? Check : Terminal} size={14} />
        {copied ? t("copied") : t("prompt.curl")}
      </Button>
      <ReplayButton {...replay} />
      {masked ? <span className="text-label text-warn">{t("prompt.masked")}</span> : null}
    </div>
  );
}
