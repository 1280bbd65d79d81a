import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDocumentName } from "./document-name";

describe("toDocumentName", () => {
  it.each([
    ["notes.md", "notes.md"],
    ["手册/第一章.docx", "手册/第一章.docx"],
    ["./a//b/./c.txt", "a/b/c.txt"],
    ["\\share\\a\\b.pdf", "share/a/b.pdf"],
    ["C:\\Users\\me\\b.pdf", "Users/me/b.pdf"],
    ["/etc/passwd.txt", "etc/passwd.txt"],
    [" spaced / name.md ", "spaced/name.md"],
    ["cafe\u0301.md", "caf\u00e9.md"],
  ])("%j is %j", (path, name) => {
    expect(toDocumentName(path)).toBe(name);
  });

  it.each([
    "",
    "/",
    "..",
    "a/../../b.md",
    "..\\b.md",
    "a\u0000.md",
    "a\nb.md",
    "evil\u202efdp.md",
    "\ud800.md",
    `${"x".repeat(256)}.md`,
    "a/".repeat(250),
  ])("%j is refused with a sentence", (path) => {
    expect(() => toDocumentName(path)).toThrow(/^The (file|name).+\.$/);
  });

  it("is relative, stays in its folder, and is its own name, whatever the path", () => {
    const paths = fc.array(
      fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("..", ".", "\\", "/", "C:")),
    );
    fc.assert(
      fc.property(paths, (parts) => {
        let name: string;
        try {
          name = toDocumentName(parts.join("/"));
        } catch {
          return;
        }
        expect(name).not.toMatch(/^\/|\\|(^|\/)\.\.?(\/|$)|\/\//);
        expect(toDocumentName(name)).toBe(name);
      }),
    );
  });
});
