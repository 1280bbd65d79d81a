import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import Markdown from "@/components/chat/answer/markdown";
import { foreignLanguage } from "@/components/chat/foreign-language";
import type { Passage } from "@/lib/domain/passage";

interface DocumentViewProps {
  title: string;
  name: string;
  passages: readonly Passage[];
}

/** A document as its passages in reading order, each an anchor that a citation can lead to. */
export function DocumentView({ title, name, passages }: DocumentViewProps) {
  const t = useTranslations("document");
  const page = useLocale();
  return (
    <main id="document" className="h-dvh overflow-y-auto scroll-smooth">
      <article className="mx-auto max-w-[760px] px-4 py-8 md:px-6" lang={foreignLanguage(title, page)}>
        <p className="flex items-baseline gap-3 text-fg2 text-meta">
          <Link className="text-accent hover:underline" href="/">
            {t("back")}
          </Link>
          <span className="truncate font-mono">{name}</span>
        </p>
        <h1 className="mt-4 mb-6 font-semibold text-title">{title}</h1>
        {passages.map((passage, index) => (
          <DocumentPassage key={passage.passage_id} passage={passage} previous={passages[index - 1]} />
        ))}
      </article>
    </main>
  );
}

/** The heading stands once above all passages below it. */
function DocumentPassage({ passage, previous }: { passage: Passage; previous: Passage | undefined }) {
  const isNewHeading = passage.heading !== "" && passage.heading !== previous?.heading;
  return (
    <section
      id={passage.passage_id}
      className="-mx-3 scroll-mt-6 rounded-card border border-transparent px-3 py-2 target:border-accent-line target:bg-accent-bg"
    >
      {isNewHeading ? <h2 className="mb-1 font-semibold text-chat">{passage.heading}</h2> : null}
      <Markdown text={passage.text} live={false} citing={false} />
    </section>
  );
}
