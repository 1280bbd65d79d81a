import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import ReactMarkdown from "react-markdown";
import { expect, test } from "vitest";
import { toMathMarks } from "./math-marks";
import { mathPlugins } from "./math-plugins";

function render(text: string): string {
  return renderToStaticMarkup(
    <ReactMarkdown remarkPlugins={[mathPlugins.remark]} rehypePlugins={mathPlugins.rehype}>
      {toMathMarks(text)}
    </ReactMarkdown>,
  );
}

test("formulas are set, in a line and on lines of their own, and can be read aloud", () => {
  expect(render("so $a^2$ holds")).toMatch(/<math[^>]*>.*a.*<\/math>/);
  const display = render("\\[ \\frac{a}{b} \\]");
  expect(display).toMatch(/class="katex-display"[^>]*tabindex="0"/);
  expect(render("from $5 to $10")).not.toContain("katex");
});

test("a formula with a mistake is shown as it was written", () => {
  const html = render("$$\\frac{a$$");
  expect(html).toContain("\\frac{a");
  expect(html).not.toContain("<math");
});

test("no formula loads, leads anywhere, or grows without end", () => {
  const piece = fc.constantFrom(
    "\\href{javascript:alert(1)}{x}",
    "\\href{https://evil.example}{x}",
    "\\url{https://evil.example}",
    "\\includegraphics{https://evil.example/a.png}",
    "\\htmlClass{c}{x}",
    "\\htmlStyle{position:fixed}{x}",
    "\\htmlData{onclick=x}{x}",
    "\\rule{9999em}{9999em}",
    "<img src=x onerror=alert(1)>",
    "x^2",
    "\\text{a}",
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
      const html = render(`$$${pieces.join(" ")}$$`);
      expect(html).not.toMatch(/<(?:img|a|script|iframe|object|embed)\b/i);
      expect(html).not.toMatch(/<[^>]*\s(?:src|href|on\w+|data-[\w-]+)=/i);
      for (const [, size] of html.matchAll(/style="[^"]*?([\d.]+)em/g))
        expect(Number(size)).toBeLessThan(200);
    }),
    { numRuns: 40 },
  );
  expect(render("$$\\def\\a{\\a\\a}\\a$$")).not.toContain("<math");
});
