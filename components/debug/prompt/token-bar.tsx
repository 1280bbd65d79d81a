import { useTranslations } from "next-intl";
import { formatCount } from "@/lib/run-view/format";
import type { PromptView } from "./build-prompt-view";
import { ORIGIN_COLOR } from "./origin-color";

/** The prompt's tokens by origin, in the order of the prompt, and their sums. */
export function TokenBar({ view }: { view: PromptView }) {
  const t = useTranslations("debug.prompt");
  return (
    <div className="border-line border-b px-3 pb-2.5">
      <div aria-hidden className="flex h-2 gap-px overflow-hidden rounded-bar">
        {view.segments.map(({ origin, tokens }, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its place in the prompt
            key={index}
            className="min-w-[3px] forced-color-adjust-none"
            style={{ flex: `${tokens} 0 0`, background: ORIGIN_COLOR[origin] }}
          />
        ))}
      </div>
      <ul
        aria-label={t("byOrigin")}
        className="flex flex-wrap gap-x-3.5 pt-1.5 text-fg1 text-label tabular-nums"
      >
        {view.origins.map(({ origin, tokens }) => (
          <li key={origin} className="inline-flex items-center gap-[5px]">
            <i className="size-2 rounded-bar" style={{ background: ORIGIN_COLOR[origin] }} />
            {origin} {formatCount(tokens)}
          </li>
        ))}
      </ul>
    </div>
  );
}
