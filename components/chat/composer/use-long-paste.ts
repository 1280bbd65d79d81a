"use client";

import { useTranslations } from "next-intl";
import { type ClipboardEvent, useState } from "react";
import type { AttachmentsState } from "../data/use-attachments";

/** Text of more characters than this is a document rather than a question. */
const LONG = 4_000;

/** Pasted files, and pasted text that is long, become files of the conversation; the text can be had back. */
export function useLongPaste(attachments: AttachmentsState, insert: (text: string) => void) {
  const t = useTranslations("attachments");
  const [pasted, setPasted] = useState<{ name: string; text: string } | null>(null);
  const attached = attachments.items.find(({ name }) => name === pasted?.name);
  const freeName = () => {
    const taken = new Set([...attachments.items.map(({ name }) => name), ...attachments.sending]);
    for (let n = 1; ; n += 1) {
      const name = `${t("pastedName", { n })}.txt`;
      if (!taken.has(name)) return name;
    }
  };
  return {
    onPaste(event: ClipboardEvent) {
      const files = [...event.clipboardData.files];
      const text = event.clipboardData.getData("text/plain");
      if (files.length === 0 && text.length <= LONG) return;
      event.preventDefault();
      if (files.length > 0) return attachments.add(files);
      const name = freeName();
      setPasted({ name, text });
      attachments.add([new File([text], name, { type: "text/plain" })]);
    },
    /** Puts the text that was pasted last into the question after all; null when there is none. */
    insertPasted:
      pasted && attached
        ? () => {
            attachments.remove(attached.document_id);
            insert(pasted.text);
            setPasted(null);
          }
        : null,
  };
}
