"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { pickFiles } from "./pick-files";
import type { NamedFile } from "./send-files";

/**
 * Takes files and folders that are dropped anywhere on the page. Returns whether some are being dragged over
 * it. Without this the browser would open a dropped file in place of the page.
 */
export function useFileDrop(onFiles: (files: NamedFile[]) => void): boolean {
  const [depth, setDepth] = useState(0);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const enter = (event: DragEvent) => hasFiles(event) && setDepth((before) => before + 1);
    const leave = (event: DragEvent) => hasFiles(event) && setDepth((before) => Math.max(0, before - 1));
    const over = (event: DragEvent) => hasFiles(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      void pickFiles(event).then(take);
    };
    const ending = new AbortController();
    const { signal } = ending;
    window.addEventListener("dragenter", enter, { signal });
    window.addEventListener("dragleave", leave, { signal });
    window.addEventListener("dragover", over, { signal });
    window.addEventListener("drop", drop, { signal });
    return () => ending.abort();
  }, []);
  return depth > 0;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes("Files") === true;
}
