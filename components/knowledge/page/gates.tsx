"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RoleGate } from "@/components/chat/page/role-gate";

/** Shows a page to administrators alone. */
export function AdminGate({ children }: { children: ReactNode }) {
  const t = useTranslations("knowledge.forbidden");
  return (
    <RoleGate needs="admin" title={t("title")} text={t("text")}>
      {children}
    </RoleGate>
  );
}

/** Shows the test bench to administrators and developers. */
export function BenchGate({ children }: { children: ReactNode }) {
  const t = useTranslations("knowledge.forbidden");
  return (
    <RoleGate needs="debug" title={t("benchTitle")} text={t("benchText")}>
      {children}
    </RoleGate>
  );
}
