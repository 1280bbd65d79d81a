"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMe } from "@/components/chat/data/use-me";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";

interface RoleGateProps {
  /** What a person needs; admin includes debug. */
  needs: "admin" | "debug";
  children: ReactNode;
}

/**
 * Shows a page to those who may use it, and tells the others why not. The page asks who reads it instead of
 * the server: the role's cookie does not come with a visit from a link on another site.
 */
export function RoleGate({ needs, children }: RoleGateProps) {
  const t = useTranslations();
  const me = useMe();
  if (me === null) return null;
  if (me.roles.includes(needs)) return children;
  const isBench = needs === "debug";
  const title = t(isBench ? "knowledge.forbidden.benchTitle" : "knowledge.forbidden.title");
  return (
    <NoticePage
      title={title}
      text={t(isBench ? "knowledge.forbidden.benchText" : "knowledge.forbidden.text")}
    >
      <title>{`${title} · ${t("common.app")}`}</title>
      <Button asChild variant="primary">
        <Link href="/">{t("document.back")}</Link>
      </Button>
    </NoticePage>
  );
}
