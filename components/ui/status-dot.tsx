import { cn } from "./cn";

const TONE = {
  ok: "bg-ok",
  running: "animate-breathe bg-k-generation",
  error: "bg-err",
  expired: "bg-line3",
} as const;

interface StatusDotProps {
  status: keyof typeof TONE;
  /** Said by screen readers and shown as title; leave it out where the text beside it says the same. */
  label?: string;
  className?: string;
}

export function StatusDot({ status, label, className }: StatusDotProps) {
  const named = label ? { role: "img", "aria-label": label, title: label } : { "aria-hidden": true };
  return <span {...named} className={cn("size-2 flex-none rounded-full", TONE[status], className)} />;
}
