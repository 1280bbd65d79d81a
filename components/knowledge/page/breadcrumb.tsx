import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";

interface BreadcrumbProps {
  /** The pages above this one, outermost first. */
  above: readonly { href: string; label: string }[];
  /** The page itself. */
  title: string;
}

/** Where in the pages this is; narrow screens show the last step up only. */
export function Breadcrumb({ above, title }: BreadcrumbProps) {
  const t = useTranslations("knowledge.nav");
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1">
      {above.length > 0 ? (
        <nav aria-label={t("path")} className="flex min-w-0 max-w-[50%] items-center gap-1">
          {above.map(({ href, label }) => (
            <span key={href} className="flex min-w-0 items-center gap-1 not-last:max-sm:hidden">
              <Link href={href} className="truncate rounded-chip text-fg1 hover:text-fg0 hover:underline">
                {label}
              </Link>
              <Icon of={ChevronRight} size={14} className="text-fg2" />
            </span>
          ))}
        </nav>
      ) : null}
      <h1 className="min-w-0 truncate font-semibold text-dense">{title}</h1>
    </div>
  );
}
