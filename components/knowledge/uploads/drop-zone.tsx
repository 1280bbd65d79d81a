"use client";

import { FileUp, FolderUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ChangeEvent, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Icon } from "@/components/ui/icon";
import { ACCEPTED_EXTENSIONS } from "@/lib/domain/document-file";
import { pickFiles } from "./pick-files";
import type { NamedFile } from "./send-files";

interface DropZoneProps {
  /** Files are being dragged over the page. */
  dragging: boolean;
  onFiles(files: NamedFile[]): void;
}

/** Where documents come in: dropped anywhere on the page, or chosen as files or as a folder. */
export function DropZone({ dragging, onFiles }: DropZoneProps) {
  const t = useTranslations("knowledge.uploads");
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const field = event.currentTarget;
    onFiles(await pickFiles(event.nativeEvent));
    // The same files can be chosen again.
    field.value = "";
  };
  return (
    <section
      aria-label={t("add")}
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-dashed px-4 py-3 transition-colors max-sm:px-3",
        dragging ? "border-accent bg-accent-bg" : "border-line2",
      )}
    >
      <p className="grid min-w-60 flex-1">
        <span className="font-medium">{dragging ? t("drop") : t("invite")}</span>
        <span className="text-fg2 text-meta">{t("accepted", { types: ACCEPTED_EXTENSIONS.join(" ") })}</span>
      </p>
      <div className="flex gap-2">
        <Button variant="primary" onClick={() => files.current?.click()}>
          <Icon of={FileUp} />
          {t("files")}
        </Button>
        <Button onClick={() => folder.current?.click()}>
          <Icon of={FolderUp} />
          {t("folder")}
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t("files")}
        accept={ACCEPTED_EXTENSIONS.join(",")}
        onChange={(event) => void take(event)}
      />
      <input
        ref={(field) => {
          folder.current = field;
          field?.setAttribute("webkitdirectory", "");
        }}
        type="file"
        multiple
        hidden
        aria-label={t("folder")}
        onChange={(event) => void take(event)}
      />
    </section>
  );
}
