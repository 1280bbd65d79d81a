"use client";

import { ArrowLeft, Library, ScanSearch } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useMe } from "@/components/chat/data/use-me";
import { Brand } from "@/components/chat/nav/brand";
import { NavFooter } from "@/components/chat/nav/nav-footer";
import { cn } from "@/components/ui/cn";
import { type Glyph, Icon } from "@/components/ui/icon";
import { useBaseList } from "../data/use-base-list";
import { BASES_PATH, BENCH_PATH, basePath } from "./knowledge-paths";

/** What the column on the left and the drawer of small screens hold. */
export function KnowledgeNav() {
  const t = useTranslations("knowledge.nav");
  const isAdmin = useMe()?.roles.includes("admin") === true;
  return (
    <>
      <div className="flex h-12 flex-none items-center pr-2 pl-3.5">
        <Brand />
      </div>
      <ul className="grid gap-0.5 px-2 pt-1 pb-2">
        <NavLink href="/" icon={ArrowLeft}>
          {t("back")}
        </NavLink>
        {isAdmin ? (
          <NavLink href={BASES_PATH} icon={Library}>
            {t("bases")}
          </NavLink>
        ) : null}
        <NavLink href={BENCH_PATH} icon={ScanSearch}>
          {t("bench")}
        </NavLink>
      </ul>
      <div className="min-h-0 flex-1 overflow-auto px-2 pb-3">{isAdmin ? <BaseLinks /> : null}</div>
      <NavFooter />
    </>
  );
}

function BaseLinks() {
  const t = useTranslations("knowledge.nav");
  const { bases } = useBaseList();
  if (!bases || bases.length === 0) return null;
  return (
    <section aria-labelledby="all-bases">
      <h2 id="all-bases" className="px-2 pt-3 pb-1 font-medium text-fg2 text-label">
        {t("all")}
      </h2>
      <ul className="grid gap-0.5">
        {bases.map(({ prefix, title, documents }) => (
          <NavLink key={prefix} href={basePath(prefix)} within>
            <span className="min-w-0 flex-1 truncate">{title}</span>
            <span aria-hidden className="font-normal text-fg2 text-label tabular-nums">
              {documents}
            </span>
          </NavLink>
        ))}
      </ul>
    </section>
  );
}

interface NavLinkProps {
  href: string;
  icon?: Glyph;
  /** Current on the pages below it as well. */
  within?: boolean;
  children: ReactNode;
}

function NavLink({ href, icon, within = false, children }: NavLinkProps) {
  const path = usePathname();
  const current = path === href || (within && path.startsWith(`${href}/`));
  return (
    <li>
      <Link
        href={href}
        aria-current={current ? "page" : undefined}
        className={cn(
          "flex h-8 items-center gap-2 rounded-row px-2 transition-colors hover:text-fg0 max-sm:h-11",
          current ? "bg-bg3 font-medium text-fg0" : "text-fg1 hover:bg-bg2",
        )}
      >
        {icon ? <Icon of={icon} /> : null}
        {children}
      </Link>
    </li>
  );
}
