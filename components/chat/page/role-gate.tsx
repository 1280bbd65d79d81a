"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { NoticePage } from "@/components/ui/notice-page";
import { useMe } from "../data/use-me";

interface RoleGateProps {
  /** What a person needs; admin includes debug. */
  needs: "admin" | "debug";
  /** What the others are told. */
  title: string;
  text: string;
  children: ReactNode;
}

/**
 * Shows a page to those who may use it, and tells the others why not. The page asks who reads it instead of
 * the server: the role's cookie does not come with a visit from a link on another site.
 */
export function RoleGate({ needs, title, text, children }: RoleGateProps) {
  const t = useTranslations();
  const me = useMe();
  if (me === null) return null;
  if (me.roles.includes(needs)) return children;
  return (
    <NoticePage title={title} text={text}>
      <title>{`${title} · ${t("common.app")}`}</title>
      <Button asChild variant="primary">
        <Link href="/">{t("document.back")}</Link>
      </Button>
    </NoticePage>
  );
}
