import Link from "next/link";
import { Button } from "@/components/ui/button";

interface PageNoticeProps {
  title: string;
  text: string;
  /** Where to go from here. */
  href: string;
  label: string;
}

/** Says in the place of a page's content that there is nothing to show. */
export function PageNotice({ title, text, href, label }: PageNoticeProps) {
  return (
    <div className="grid justify-items-center gap-1 py-16 text-center">
      <h2 className="font-semibold text-chat">{title}</h2>
      <p className="mb-3 text-fg1">{text}</p>
      <Button asChild>
        <Link href={href}>{label}</Link>
      </Button>
    </div>
  );
}
