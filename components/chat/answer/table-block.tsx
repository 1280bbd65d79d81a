"use client";

import { Check, Sheet } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/components/ui/use-copy";
import { toCsv } from "./to-csv";

interface TableBlockProps {
  /** The cells' texts, for copying. */
  rows: readonly string[][];
  children: ReactNode;
}

/** A table that scrolls in its own box, and can be taken into a spreadsheet. */
export function TableBlock({ rows, children }: TableBlockProps) {
  const t = useTranslations();
  const { copied, copy } = useCopy();
  return (
    <figure className="group/table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the arrow keys */}
      <div tabIndex={0} className="overflow-x-auto">
        <table>{children}</table>
      </div>
      <figcaption className="flex justify-end opacity-0 transition-opacity focus-within:opacity-100 group-hover/table:opacity-100 pointer-coarse:opacity-100">
        <IconButton
          size="sm"
          icon={copied ? Check : Sheet}
          label={copied ? t("common.copied") : t("chat.table.copy")}
          onClick={() => void toCsv(rows).then(copy)}
        />
      </figcaption>
    </figure>
  );
}
