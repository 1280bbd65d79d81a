/** Grey rows in place of a list that takes longer than a blink to load; `label` is for screen readers. */
export function SkeletonRows({ rows, label }: { rows: number; label: string }) {
  return (
    <div
      role="status"
      className="grid animate-appear gap-2 [animation-delay:300ms] [animation-fill-mode:backwards]"
    >
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all the same
        <span key={index} aria-hidden className="h-12 rounded-row bg-bg2" />
      ))}
    </div>
  );
}
