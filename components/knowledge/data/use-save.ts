"use client";

import { useTranslations } from "next-intl";
import { ApiFailure } from "@/components/chat/data/api-client";

/** Runs a change; resolves with what went wrong as a sentence of the page, or null when it is done. */
export function useSave(): (change: () => Promise<unknown>) => Promise<string | null> {
  const t = useTranslations("knowledge");
  return async (change) => {
    try {
      await change();
      return null;
    } catch (error) {
      return t("notSaved", { message: error instanceof ApiFailure ? error.message : t("unreachable") });
    }
  };
}
