"use client";

import { Search } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import type { SessionItem } from "@/lib/domain/api";
import { toDateTag } from "@/lib/i18n/locale";
import { useSessionSearch } from "../data/use-session-search";
import { useDebounced } from "../use-debounced";
import { MarkedQuery } from "./marked-query";
import { useResultKeys } from "./use-result-keys";

const DEBOUNCE_MS = 150;

interface SearchDialogProps {
  onOpen(sessionId: string): void;
  onClose(): void;
}

/** Finds conversations by title and text; arrows choose, Enter opens. */
export default function SearchDialog({ onOpen, onClose }: SearchDialogProps) {
  const t = useTranslations();
  const [query, setQuery] = useState("");
  const listId = useId();
  const { found, failed } = useSessionSearch(useDebounced(query, DEBOUNCE_MS));
  const results = found ?? [];
  const open = (index: number) => {
    const session = results[index];
    if (!session) return;
    onClose();
    onOpen(session.session_id);
  };
  const { index, select, onKeyDown } = useResultKeys(results.length, open);
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title={t("nav.search")}
        titleHidden
        closeLabel={t("common.close")}
        className="max-w-140!"
      >
        <label className="flex h-12 flex-none items-center gap-2 border-line border-b px-4">
          <Icon of={Search} className="text-fg2" />
          <input
            role="combobox"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={results[index] ? `${listId}-${index}` : undefined}
            aria-label={t("nav.search")}
            placeholder={t("nav.searchPlaceholder")}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              select(0);
            }}
            onKeyDown={onKeyDown}
            className="h-full flex-1 text-dense outline-none"
          />
        </label>
        <div
          id={listId}
          role="listbox"
          aria-label={t("nav.searchResults")}
          className="min-h-0 flex-1 overflow-auto p-2"
        >
          {results.map((session, at) => (
            <Result
              key={session.session_id}
              id={`${listId}-${at}`}
              session={session}
              query={query}
              selected={at === index}
              onPoint={() => select(at)}
              onOpen={() => open(at)}
            />
          ))}
        </div>
        <p role="status" className="px-4 pb-3 text-fg2 text-meta empty:hidden">
          {failed ? t("common.notLoaded") : found?.length === 0 ? emptyText(t, query) : ""}
        </p>
      </DialogContent>
    </Dialog>
  );
}

function emptyText(t: ReturnType<typeof useTranslations<never>>, query: string): string {
  return query.trim() === "" ? t("nav.none") : t("nav.searchEmpty", { query: query.trim() });
}

interface ResultProps {
  id: string;
  session: SessionItem;
  query: string;
  selected: boolean;
  onPoint(): void;
  onOpen(): void;
}

function Result({ id, session, query, selected, onPoint, onOpen }: ResultProps) {
  const t = useTranslations("common");
  const locale = useLocale();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the chosen option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by that field
    <div
      id={id}
      role="option"
      aria-selected={selected}
      onPointerMove={onPoint}
      onClick={onOpen}
      ref={(element) => {
        if (selected) element?.scrollIntoView({ block: "nearest" });
      }}
      className={cn(
        "grid min-h-9 cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-row px-2 py-1.5 max-sm:min-h-11",
        selected && "bg-bg2",
      )}
    >
      <span className="truncate">
        <MarkedQuery text={session.title || t("untitled")} query={query} />
      </span>
      <time className="text-fg2 text-meta tabular-nums" dateTime={new Date(session.updated_at).toISOString()}>
        {new Date(session.updated_at).toLocaleDateString(toDateTag(locale), { dateStyle: "medium" })}
      </time>
      {session.excerpt ? (
        <span className="col-span-2 line-clamp-2 text-fg2 text-meta">
          <MarkedQuery text={session.excerpt} query={query} />
        </span>
      ) : null}
    </div>
  );
}
