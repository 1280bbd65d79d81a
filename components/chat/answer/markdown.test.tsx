import fc from "fast-check";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import messages from "@/messages/en.json";
import { AnswerContext } from "./answer-context";
import Markdown from "./markdown";

const source = {
  n: 1,
  passage_id: "p1",
  document_id: "d1",
  title: "Key lifecycle",
  heading: "",
  snippet: "",
  relevance: null,
  url: "/documents/d1",
};
const answer = {
  question: "",
  sources: [source],
  highlightedPassageId: null,
  onHighlight: () => undefined,
  onSelect: () => undefined,
  openSource: () => undefined,
  citesInDebug: false,
  inspectPassage: null,
};
function render(text: string, live = false): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={messages}>
      <AnswerContext value={answer}>
        <Markdown text={text} live={live} />
      </AnswerContext>
    </NextIntlClientProvider>,
  );
}

test("nothing in an answer runs or loads, however it is put together or cut off", () => {
  const piece = fc.constantFrom(
    "![x](https://evil.example/a.png)",
    "![x][r]\n\n[r]: https://evil.example/a.png\n\n",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<iframe src='https://evil.example'>",
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "<https://evil.example>",
    "`code`",
    "\n\n",
    "- ",
    "> ",
    "| a | b |\n|---|---|\n| ",
    "```html\n",
    "[1]",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), fc.nat(9), (pieces, live, cut) => {
      const text = pieces.join("");
      const html = render(text.slice(0, text.length - cut), live);
      // The page's own icons aside, only these elements may come out of a text.
      expect(html).not.toMatch(/<(?:img|script|iframe|object|embed|link|style|form|video|audio)\b/i);
      expect(html).not.toMatch(/<[^>]*\s(?:src|srcset|on\w+)=/i);
      for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(?:https?|mailto):/);
    }),
    { numRuns: 60 },
  );
});

test("a link shows its host and gives nothing away", () => {
  const html = render("[your bank](https://evil.example/login)");
  expect(html).toContain("(evil.example)");
  expect(html).toContain('rel="noopener noreferrer nofollow"');
  expect(render("https://example.org/a")).not.toContain("(example.org)");
});

test("a picture is a link that nobody has followed yet", () => {
  const html = render("![the plan](https://example.org/plan.png) ![][p]\n\n[p]: https://example.org/p.png");
  expect(html).not.toContain("<img");
  expect(html).toMatch(/href="https:\/\/example.org\/plan.png"[^>]*>the plan/);
  expect(html.match(/<a /g)).toHaveLength(2);
  expect(render("![x](./local.png) ![y](data:image/png;base64,AA)")).not.toContain("<a ");
});

test("a diagram's source is code", () => {
  const html = render("```mermaid\ngraph TD; A-->B\n```");
  expect(html).toContain("mermaid");
  expect(html).toMatch(/<pre[^>]*><code[^>]*>graph TD; A--&gt;B/);
});

test("a document's own marks are text", () => {
  const html = renderToStaticMarkup(<Markdown text="As said.[1]" live={false} citing={false} />);
  expect(html).toContain("As said.[1]");
});

test("a path is text: a document's links do not lead into this server", () => {
  expect(render("[setup](./setup.md) and [root](/admin)")).not.toContain("href");
});

test("marks are citations in prose, not in code or links, and unknown ones say so", () => {
  const chips = (html: string) => [...html.matchAll(/aria-label="(Source[^"]*)"/g)].map((match) => match[1]);
  expect(chips(render("It is so.[1] `a[1]` [see [1]](https://example.org)"))).toEqual([
    "Source 1: Key lifecycle",
  ]);
  expect(chips(render("It is so.[7]"))).toEqual(["Source 7 is unavailable"]);
});

test("a text that is still coming shows no half of a mark, and closes what is open", () => {
  expect(render("It is **so", true)).toContain("<strong>so</strong>");
  expect(render("It is so [1", true)).not.toContain("[");
});

test("lists go on with the number they were given", () => {
  expect(render("3. three\n4. four")).toContain("counter-reset:item 2");
});
