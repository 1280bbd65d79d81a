import { fromHtml } from "hast-util-from-html";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import type { Nodes, RootContent } from "mdast";
import { plainText } from "@/lib/retrieval/ingest/markdown";
import { rowBlocks } from "./row-blocks";

const MAX_TABLE_BYTES = 2_400;

/** A link keeps its text, and its address where that leads somewhere from outside of the document. */
const link: Handle = (state, element) => {
  const { href = "" } = element.properties;
  return /^(https?:|mailto:)/i.test(String(href)) ? defaultHandlers.a(state, element) : state.all(element);
};

/** Of a picture its alternative text stays. */
const picture: Handle = (_, element) => {
  const { alt = "" } = element.properties;
  const value = String(alt).trim();
  return value === "" ? undefined : { type: "text", value };
};

/** HTML as blocks of Markdown: headings, lists, tables and code stay what they are. */
export function htmlBlocks(html: string): RootContent[] {
  const root = toMdast(fromHtml(html, { fragment: true }), { handlers: { a: link, img: picture } });
  return root.type === "root" ? root.children.map(withHeaderRow).flatMap(withoutLargeTables) : [];
}

/** A table is never cut; one that is larger than a passage becomes a list of its rows. */
function withoutLargeTables(block: RootContent): RootContent[] {
  if (block.type !== "table" || Buffer.byteLength(plainText(block)) <= MAX_TABLE_BYTES) return [block];
  const [header = [], ...rows] = block.children.map(({ children }) => children.map(plainText));
  return rowBlocks(header, rows);
}

/** A table without a header gets an empty one; its first row then says what its columns are. */
function withHeaderRow<T extends Nodes>(node: T): T {
  if (!("children" in node)) return node;
  const [first, ...rows] = node.children;
  const isHeaderless = node.type === "table" && rows.length > 0 && first && plainText(first).trim() === "";
  const children = isHeaderless ? rows : node.children.map(withHeaderRow);
  return { ...node, children };
}
