import { expect, test } from "vitest";
import { fromVersion } from "./answer-model";
import { toMarkdown } from "./to-markdown";

const source = (n: number) => ({
  n,
  passage_id: `p${n}`,
  document_id: "d",
  title: `Doc [${n}]`,
  heading: "Part",
  snippet: "",
  relevance: null,
  url: `/documents/d?passage=p${n}`,
});
const answer = (content: string) =>
  fromVersion({
    request_id: "r",
    question: null,
    content,
    status: "success",
    sources: [source(1), source(2)],
    feedback: null,
    stats: null,
    error: null,
    cut_short: false,
  });

test("a copied answer names the sources that it cites, with whole addresses", () => {
  expect(toMarkdown(answer("So it is [2].\n"), "Sources", "https://host")).toBe(
    "So it is [2].\n\n**Sources**\n\n- [2] [Doc (2) › Part](https://host/documents/d?passage=p2)\n",
  );
});

test("an answer without citations is copied as it is", () => {
  expect(toMarkdown(answer("Hello"), "Sources", "https://host")).toBe("Hello");
});
