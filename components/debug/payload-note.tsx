import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { formatSize } from "@/lib/run-view/format";
import type { PayloadHandle } from "./use-payload";

interface PayloadNoteProps {
  handle: PayloadHandle;
  className?: string;
}

/** Says that only the beginning of a part is shown, and loads the rest. Nothing where all is shown. */
export function PayloadNote({ handle: { kept, payload, state, load }, className }: PayloadNoteProps) {
  const t = useTranslations("debug.payload");
  if (!kept) return null;
  if (payload) {
    return payload.complete ? null : (
      <p className={cn("font-sans text-fg2 text-meta", className)}>{t("incomplete")}</p>
    );
  }
  return (
    <p
      role="status"
      className={cn("flex flex-wrap items-center gap-x-2 font-sans text-fg1 text-meta", className)}
    >
      {state === "failed" ? t("failed") : t("partial", { size: formatSize(kept.characters) })}
      <button
        type="button"
        disabled={state === "loading"}
        onClick={load}
        className="font-medium text-accent hover:underline disabled:opacity-60 max-sm:min-h-9"
      >
        {t(state === "loading" ? "loading" : "loadAll")}
      </button>
    </p>
  );
}
