import { useTranslations } from "next-intl";
import type { Generation } from "@/lib/domain/run-record";
import { formatCost, formatCount, formatDuration, tokensPerSecond } from "@/lib/run-view/format";
import { SectionHeading } from "../section-heading";
import { kindColor } from "../span-kind";
import { clipText } from "./clip-text";
import { MessageRow } from "./message-row";
import { PromptText } from "./prompt-text";

const RESPONSE_CHARACTERS = 480;

/** What the model answered, how long it wrote and what that cost. */
export function ResponseBlock({ generation, running }: { generation: Generation; running: boolean }) {
  const t = useTranslations("debug.prompt");
  const { response, usage } = generation;
  const waits = running && generation.finish_reason === null;
  return (
    <>
      <SectionHeading
        title={t("response")}
        detail={waits ? t("answering") : <ResponseNumbers generation={generation} />}
      />
      <MessageRow
        speaker="assistant"
        color={kindColor("generation")}
        tokens={usage?.completion_tokens ?? null}
        content={response}
        openAtFirst
      >
        {response === "" ? (
          <span className="font-sans text-fg2">{waits ? t("answering") : t("noResponse")}</span>
        ) : (
          <PromptText clip={clipText(response, usage?.completion_tokens ?? 0, RESPONSE_CHARACTERS)} />
        )}
      </MessageRow>
    </>
  );
}

/** The time is that of writing, from the first token on where there is one: what the rate is made of. */
function ResponseNumbers({ generation }: { generation: Generation }) {
  const t = useTranslations("debug.prompt");
  const { usage, usage_source, duration_ms, ttft_ms, finish_reason, cost_usd } = generation;
  const writingMs = duration_ms === null ? null : duration_ms - (ttft_ms ?? 0);
  const rate = usage && writingMs !== null ? tokensPerSecond(usage.completion_tokens, writingMs) : null;
  const tokens = t("tokens", { n: formatCount(usage?.completion_tokens) });
  const numbers = [
    usage_source === "estimated" ? `${tokens} (${t("estimated")})` : tokens,
    formatDuration(writingMs),
    rate === null ? null : t("rate", { n: formatCount(rate) }),
    finish_reason === null ? null : `finish_reason ${finish_reason}`,
    formatCost(cost_usd),
  ];
  return numbers.filter((number) => number !== null).join(" · ");
}
