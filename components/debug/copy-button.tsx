import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/components/ui/use-copy";

interface CopyButtonProps {
  /** What is copied; a function when making it costs something. */
  text: string | (() => string);
  label?: string;
  size?: "sm" | "xs";
  className?: string;
  tabIndex?: number;
}

export function CopyButton({ text, label, size = "sm", className, tabIndex }: CopyButtonProps) {
  const t = useTranslations("debug");
  const { copied, copy } = useCopy();
  return (
    <IconButton
      icon={copied ? Check : Copy}
      label={copied ? t("copied") : (label ?? t("copy"))}
      size={size}
      className={className}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation();
        copy(typeof text === "string" ? text : text());
      }}
    />
  );
}
