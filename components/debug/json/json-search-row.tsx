import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { FilterField } from "../filter-field";

/** What is sought in a value, and at which find the reader is: counted on without end, taken modulo their number. */
export interface JsonSearch {
  query: string;
  at: number;
}

export const NO_SEARCH: JsonSearch = { query: "", at: 0 };

interface JsonSearchRowProps {
  search: JsonSearch;
  /** Lines that hold what is sought. */
  hits: number;
  onSearch(search: JsonSearch): void;
}

/** The search field with the way from find to find: Enter and Shift+Enter do the same. */
export function JsonSearchRow({ search, hits, onSearch }: JsonSearchRowProps) {
  const t = useTranslations("debug.json");
  const step = (by: 1 | -1) => hits > 0 && onSearch({ ...search, at: (search.at + by + hits) % hits });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const sought = search.query.trim() !== "";
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to its field
    <div onKeyDown={onKeyDown} className="sticky top-0 z-2 flex items-center gap-1 bg-bg1 pb-1.5 font-sans">
      <FilterField
        icon={Search}
        label={t("search")}
        value={search.query}
        onChange={(query) => onSearch({ query, at: 0 })}
        autoFocus
        className="flex-1"
      />
      <span role="status" className="min-w-11 text-center text-fg2 text-meta tabular-nums">
        {sought ? t("hits", { at: hits === 0 ? 0 : search.at + 1, n: hits }) : ""}
      </span>
      <IconButton
        icon={ChevronUp}
        label={t("previousHit")}
        keys="⇧↵"
        size="sm"
        disabled={hits === 0 || !sought}
        onClick={() => step(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={t("nextHit")}
        keys="↵"
        size="sm"
        disabled={hits === 0 || !sought}
        onClick={() => step(1)}
      />
    </div>
  );
}
