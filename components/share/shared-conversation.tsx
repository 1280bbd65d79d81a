import { useFormatter, useLocale, useTranslations } from "next-intl";
import { foreignLanguage } from "@/components/chat/foreign-language";
import { Badge } from "@/components/ui/badge";
import { SharedAnswer } from "./shared-answer";

interface SharedTurn {
  question: string;
  answer: string;
  status: "success" | "error" | "aborted";
  sources: { n: number; title: string; heading: string }[];
}

interface SharedConversationProps {
  title: string;
  at: number;
  turns: SharedTurn[];
}

/** A conversation as it was when it was shared: to read, without anything of its owner. */
export function SharedConversation({ title, at, turns }: SharedConversationProps) {
  const t = useTranslations("share");
  const page = useLocale();
  const format = useFormatter();
  // The server does not know the reader's zone.
  const date = format.dateTime(at, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <main className="@container/chat h-dvh overflow-y-auto">
      <article className="mx-auto max-w-[760px] px-4 py-8 md:px-6">
        <h1 className="wrap-anywhere font-semibold text-title" lang={foreignLanguage(title, page)}>
          {title}
        </h1>
        <p className="mt-1 mb-8 text-fg2 text-meta">{t("pageNote", { count: turns.length, date })}</p>
        {turns.map((turn, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is shared does not change
          <section key={index} className="[section+&]:mt-6">
            <div className="mb-4 flex justify-end">
              <h2
                lang={foreignLanguage(turn.question, page)}
                className="wrap-anywhere max-w-[84%] whitespace-pre-wrap rounded-bubble rounded-br-chip bg-bg2 px-3.5 py-2 text-chat"
              >
                {turn.question}
              </h2>
            </div>
            <div lang={foreignLanguage(turn.answer, page)} className="wrap-anywhere text-chat">
              <SharedAnswer text={turn.answer} question={turn.question} />
            </div>
            {turn.status === "success" ? null : <Badge className="mt-2">{t("incomplete")}</Badge>}
            <Sources sources={turn.sources} />
          </section>
        ))}
      </article>
    </main>
  );
}

function Sources({ sources }: Pick<SharedTurn, "sources">) {
  const t = useTranslations("share");
  if (sources.length === 0) return null;
  return (
    <section aria-label={t("sources")} className="mt-4">
      <h3 className="mb-1 font-medium text-fg2 text-meta">{t("sources")}</h3>
      <ol className="grid gap-0.5 text-meta">
        {sources.map(({ n, title, heading }) => (
          <li key={n} className="wrap-anywhere text-fg1">
            <span className="text-fg2 tabular-nums">[{n}]</span>{" "}
            {[title, heading].filter(Boolean).join(" › ")}
          </li>
        ))}
      </ol>
    </section>
  );
}
