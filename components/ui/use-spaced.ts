import { useState } from "react";

/**
 * How long so many px of the design are at the reader's text size, for what the style sheet cannot measure;
 * the same sum as its `--spacing`. A text size that changes later counts when the component comes up again.
 */
export function useSpaced(): (px: number) => number {
  const [textScale] = useState(readTextScale);
  return (px) => (px * (1 + textScale)) / 2;
}

function readTextScale(): number {
  if (typeof document === "undefined") return 1;
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}
