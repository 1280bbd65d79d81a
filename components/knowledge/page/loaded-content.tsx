"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import type { Loaded } from "../data/use-base";

interface LoadedContentProps<T> {
  loaded: Loaded<T>;
  /** Said by screen readers while it loads. */
  label: string;
  /** In its place when it is not there. */
  missing: ReactNode;
  children(value: T): ReactNode;
}

/** What a page is about, once it is loaded; before, and when that fails, what there is to say. */
export function LoadedContent<T>({ loaded, label, missing, children }: LoadedContentProps<T>) {
  const t = useTranslations("knowledge");
  switch (loaded.state) {
    case "loading":
      return <SkeletonRows rows={5} label={label} />;
    case "failed":
      return <p role="alert">{t("failed")}</p>;
    case "missing":
      return missing;
    case "ready":
      return children(loaded.value);
  }
}
