"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** The column on the left. Below 960 px it is never there, also before the page knows its width. */
export function NavRail({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  const t = useTranslations("nav");
  return (
    <nav
      hidden={hidden}
      aria-label={t("label")}
      className="flex w-60 flex-none flex-col overflow-hidden border-line border-r bg-bg1 max-md:hidden [[hidden]]:hidden"
    >
      {children}
    </nav>
  );
}
