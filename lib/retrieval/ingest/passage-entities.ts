import type { Nodes, Root } from "mdast";
import { chineseNames, properNouns } from "@/lib/retrieval/text/proper-nouns";
import { withoutQualifier } from "@/lib/retrieval/text/without-qualifier";
import { plainText } from "./markdown";

const MAX_NAME_LENGTH = 60;
const MAX_NAME_WORDS = 6;

interface LabelledPassage {
  title: string;
  heading: string;
  /** Its parsed Markdown. */
  root: Root;
  /** The text of `root`. */
  plain: string;
}

/**
 * Names of the things a passage is about: its title and headings, link texts, code identifiers, English
 * and Chinese proper nouns. Spelled as in the passage, each once.
 */
export function passageEntities({ title, heading, root, plain }: LabelledPassage): string[] {
  const names = [
    title,
    withoutQualifier(title),
    ...heading.split(" › "),
    ...markedNames(root),
    ...properNouns(plain),
    ...chineseNames(`${title}\n${heading}\n${plain}`),
  ];
  return [...new Set(names.map((name) => name.replace(/\s+/g, " ").trim()).filter(isName))];
}

function markedNames(node: Nodes): string[] {
  if (node.type === "inlineCode" || node.type === "link") return [plainText(node)];
  return "children" in node ? node.children.flatMap(markedNames) : [];
}

function isName(name: string): boolean {
  return name.length > 1 && name.length <= MAX_NAME_LENGTH && name.split(" ").length <= MAX_NAME_WORDS;
}
