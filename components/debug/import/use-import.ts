"use client";

import { type DragEvent, useState } from "react";
import { z } from "zod";
import { request } from "@/components/chat/data/api-client";
import { checkSize, checkText, type ImportProblem, toImportProblem } from "./check-import";

const answerSchema = z.object({ request_id: z.string() });

export interface ImportHandle {
  problem: ImportProblem | null;
  dismiss(): void;
  /** Opens the file dialog. */
  choose(): void;
  /** A file is held over the panel. */
  over: boolean;
  /** For the element that files can be dropped on. */
  dropProps: {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

/** Brings an exported run in, from a file dialog or by drop, and hands over the id that it has got here. */
export function useImport(onImported: (requestId: string) => void): ImportHandle {
  const [problem, setProblem] = useState<ImportProblem | null>(null);
  const [over, setOver] = useState(false);
  const bring = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    const imported = await importFile(file);
    if (typeof imported === "string") onImported(imported);
    else setProblem(imported);
  };
  return {
    problem,
    dismiss: () => setProblem(null),
    choose: () => chooseFile((file) => void bring(file)),
    over,
    dropProps: {
      onDragOver(event) {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave(event) {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      },
      onDrop(event) {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(false);
        void bring(event.dataTransfer.files[0]);
      },
    },
  };
}

/** The id of the imported run, or why there is none. */
async function importFile(file: File): Promise<string | ImportProblem> {
  try {
    const tooLarge = checkSize(file.size);
    if (tooLarge) return tooLarge;
    const text = await file.text();
    const refused = checkText(text);
    if (refused) return refused;
    const headers = { "content-type": "application/json" };
    const response = await request("/api/debug/import", { method: "POST", headers, body: text });
    return answerSchema.parse(await response.json()).request_id;
  } catch (error) {
    return toImportProblem(error);
  }
}

function chooseFile(onFile: (file: File | undefined) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.addEventListener("change", () => onFile(input.files?.[0]));
  input.click();
}
