import type { MarkedText } from "@/lib/run-view/mark-terms";

/** A text whose search hits are marked. */
export function HitText({ parts }: { parts: readonly MarkedText[] }) {
  return parts.map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    part.marked ? <mark key={index}>{part.text}</mark> : part.text,
  );
}
