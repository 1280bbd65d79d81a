import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icon";
import type { MessageDiff, PartDiff } from "@/lib/run-view/compare-prompts";
import { formatCount } from "@/lib/run-view/format";
import { ORIGIN_COLOR } from "../prompt/origin-color";
import { SectionHeading } from "../section-heading";
import { DiffText } from "./diff-text";

/** The prompts of both answers, message by message; those that are the same are closed. */
export function PromptDiff({ prompt }: { prompt: readonly MessageDiff[] }) {
  const t = useTranslations("debug.compare");
  const changed = prompt.filter(({ state }) => state !== "same").length;
  const detail =
    prompt.length === 0 ? t("noPrompt") : changed === 0 ? t("none") : t("changedMessages", { n: changed });
  return (
    <section>
      <SectionHeading title={t("prompt")} detail={detail} />
      {prompt.map((message, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the messages of two runs keep their places
        <Message key={index} message={message} />
      ))}
    </section>
  );
}

function Message({ message }: { message: MessageDiff }) {
  const t = useTranslations("debug.compare");
  const { role, origin, state, parts } = message;
  return (
    <details open={state !== "same"} className="group border-line border-t">
      <summary className="flex h-8 list-none items-center gap-2 px-3 hover:bg-bg1 max-sm:h-10 [&::-webkit-details-marker]:hidden">
        <Icon of={ChevronDown} size={14} className="-rotate-90 text-fg2 group-open:rotate-0" />
        <i
          aria-hidden
          className="size-2 flex-none rounded-[1px] forced-color-adjust-none"
          style={{ background: ORIGIN_COLOR[origin] }}
        />
        <span className="mono">{role}</span>
        <span className="text-fg2 text-meta">{origin}</span>
        <span className="ml-auto">
          <Badge tone={state === "same" ? "plain" : "accent"}>{t(`state.${state}`)}</Badge>
        </span>
      </summary>
      <div className="grid gap-2 px-3 pb-3 pl-9 @max-[480px]/debug:pl-3">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message keep their places
          <Part key={index} part={part} />
        ))}
      </div>
    </details>
  );
}

function Part({ part: { passage_id, tokens_a, tokens_b, diff } }: { part: PartDiff }) {
  const t = useTranslations("debug.compare");
  const side = tokens_b === null ? "onlyA" : tokens_a === null ? "onlyB" : null;
  return (
    <div className="min-w-0">
      {passage_id !== null || side ? (
        <p className="flex items-center gap-2 text-fg2 text-label tabular-nums">
          {passage_id === null ? null : (
            <span className="mono min-w-0 truncate text-label">{passage_id}</span>
          )}
          {side ? <Badge>{t(side)}</Badge> : null}
          <span className="ml-auto whitespace-nowrap">
            {t("tokens", { n: formatCount(tokens_a ?? tokens_b) })}
          </span>
        </p>
      ) : null}
      <DiffText diff={diff} className="mono leading-[1.25rem]" />
    </div>
  );
}
