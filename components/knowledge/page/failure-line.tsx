import { cn } from "@/components/ui/cn";

/** What went wrong with a change, as long as it is known; said by screen readers at once. */
export function FailureLine({ message, className }: { message: string | null; className?: string }) {
  if (message === null) return null;
  return (
    <p role="alert" className={cn("text-err", className)}>
      {message}
    </p>
  );
}
