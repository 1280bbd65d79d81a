"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { focusContent } from "@/components/ui/focus-content";
import { IconButton } from "@/components/ui/icon-button";
import { KnowledgeNav } from "./knowledge-nav";

/** Header and content share their edges. */
const COLUMN = "mx-auto w-full max-w-[1200px]";

interface KnowledgeShellProps {
  /** Title of the browser's tab. */
  title: string;
  /** Where in the pages this is, and what can be done here. */
  header: ReactNode;
  /** Takes the whole width instead of a column. */
  wide?: boolean;
  children: ReactNode;
}

/** The frame of a page: navigation on the left (a drawer below 960 px), a header, and what scrolls below it. */
export function KnowledgeShell({ title, header, wide = false, children }: KnowledgeShellProps) {
  const t = useTranslations();
  return (
    <div className="flex h-dvh overflow-hidden">
      <title>{`${title} · ${t("common.app")}`}</title>
      <a
        href="#content"
        className="-top-12 absolute left-2 z-50 rounded-row bg-ink px-3 py-2 font-medium text-on-ink focus:top-2"
      >
        {t("knowledge.nav.skip")}
      </a>
      <nav
        aria-label={t("knowledge.nav.label")}
        className="flex w-60 flex-none flex-col overflow-hidden border-line border-r bg-bg1 max-md:hidden"
      >
        <KnowledgeNav />
      </nav>
      <div className="relative flex min-w-0 flex-1 flex-col">
        <header className="flex-none border-line border-b">
          <div className={cn("flex h-12 items-center gap-2 px-6 max-md:pl-2 max-sm:pr-4", !wide && COLUMN)}>
            <NavDrawer />
            {header}
          </div>
        </header>
        <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
          <div className={cn("px-6 py-6 max-sm:px-4 max-sm:py-4", !wide && COLUMN)}>{children}</div>
        </main>
      </div>
    </div>
  );
}

/** Closes by itself when the page changes. */
function NavDrawer() {
  const t = useTranslations();
  const path = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <Dialog.Root open={openOn === path} onOpenChange={(open) => setOpenOn(open ? path : null)}>
      <Dialog.Trigger asChild>
        <IconButton icon={Menu} label={t("nav.menu")} className="md:hidden" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 animate-appear bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusContent}
          className="fixed inset-y-0 left-0 z-30 flex w-70 max-w-[86vw] animate-slide-left flex-col bg-bg1 shadow-overlay outline-none"
        >
          <Dialog.Title className="sr-only">{t("knowledge.nav.label")}</Dialog.Title>
          <KnowledgeNav />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
