"use client";

import { Upload, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { ApiFailure } from "../data/api-client";
import { importSession } from "../data/use-sessions";

/** Takes an exported conversation in, and says what is wrong with a file that is none. */
export function ImportButton({ onImported }: { onImported(sessionId: string): void }) {
  const t = useTranslations();
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File) => {
    setProblem(null);
    try {
      onImported(await importSession(file));
    } catch (error) {
      const refused = error instanceof ApiFailure;
      setProblem(
        refused
          ? t("importing.refused", { code: error.code, sentence: error.message })
          : t("importing.failed"),
      );
    }
  };
  return (
    <>
      <IconButton
        icon={Upload}
        label={t("importing.label")}
        side="top"
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={t("importing.label")}
        accept="application/json,.json"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void take(file);
          target.value = "";
        }}
      />
      {problem ? (
        <div
          role="alert"
          className="absolute inset-x-2 bottom-full z-10 mb-1 flex items-start gap-1 rounded-card border border-err-line bg-err-bg py-1.5 pr-1 pl-2.5"
        >
          <p className="wrap-anywhere min-w-0 flex-1">{problem}</p>
          <IconButton icon={X} size="sm" label={t("common.close")} onClick={() => setProblem(null)} />
        </div>
      ) : null}
    </>
  );
}
