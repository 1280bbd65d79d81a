import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Names of our own type scale; without them `text-meta` would be taken for a colour and be dropped.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["label", "meta", "chrome", "dense", "chat", "title"],
      radius: ["bar", "tag", "chip", "row", "card", "bubble"],
      shadow: ["control", "overlay"],
      animate: ["breathe", "spin", "blink", "appear", "slide-left", "slide-right"],
    },
  },
});

/** Joins class names; a later utility wins over an earlier one of the same kind. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
