"use client";

import { useState } from "react";

/** Questions that were begun and not sent, by conversation; kept while the page is. */
export type Drafts = Map<string, string>;

export function useDrafts(): Drafts {
  return useState<Drafts>(() => new Map())[0];
}
