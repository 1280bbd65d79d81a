"use client";

import { useTranslations } from "next-intl";
import type { DeletedSession } from "./use-undoable-delete";

interface UndoBarProps {
  deleted: DeletedSession | null;
  onUndo(): void;
  /** The time does not pass from now on. */
  onHold(): void;
  /** It begins anew. */
  onLetGo(): void;
}

/** Says what was deleted, as long as it can be had back. */
export function UndoBar({ deleted, onUndo, onHold, onLetGo }: UndoBarProps) {
  const t = useTranslations();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex justify-center px-4 max-sm:top-14 max-sm:bottom-auto"
    >
      {deleted ? (
        <p className="pointer-events-auto flex h-10 max-w-full animate-appear items-center gap-3 rounded-card bg-ink pr-1.5 pl-4 text-on-ink shadow-overlay">
          <span className="truncate">
            {t("nav.deleted", { title: deleted.title || t("common.untitled") })}
          </span>
          <button
            type="button"
            onClick={onUndo}
            onFocus={onHold}
            onBlur={onLetGo}
            onPointerEnter={onHold}
            onPointerLeave={onLetGo}
            className="h-7 flex-none rounded-row px-2.5 font-semibold underline underline-offset-2 hover:bg-ink-hover focus-visible:outline-on-ink"
          >
            {t("nav.undo")}
          </button>
        </p>
      ) : null}
    </div>
  );
}
