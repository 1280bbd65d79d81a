"use client";

import { useSyncExternalStore } from "react";
import type { Upload } from "./upload-store";
import { uploads } from "./uploads";

const none: readonly Upload[] = [];

/** All uploads of this tab. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(uploads.subscribe, uploads.list, () => none);
}
