import type { RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown as stringify } from "mdast-util-to-markdown";

/** Escapes that no reader of ours needs: inside a word, in addresses, and of a space at a line's end. */
const NEEDLESS = /(?<=[\p{L}\p{N}])\\(?=_[\p{L}\p{N}])|\\(?=[@:.])|(?<!\\)&#x20;(?=\n|$)/gu;

/** Writes blocks as Markdown that reads back as the same blocks. */
export function toMarkdown(children: RootContent[]): string {
  return stringify(
    { type: "root", children },
    {
      bullet: "-",
      rule: "-",
      extensions: [gfmToMarkdown({ tablePipeAlign: false })],
      handlers: {
        text: (node, _, state, info) => state.safe(node.value, info).replace(NEEDLESS, ""),
      },
    },
  );
}
