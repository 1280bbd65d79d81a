import { globSync, readFileSync } from "node:fs";
import { extendTailwindMerge } from "tailwind-merge";
import ts from "typescript";
import { expect, it } from "vitest";

// Names of our own type scale; without them `text-meta` would be taken for a colour.
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

const sources = globSync("{components,app}/**/*.{ts,tsx}")
  .filter((path) => !/\.test\.tsx?$/.test(path))
  .map((path) => ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true));

/** Class names of the first text that the second one sets as well. */
function conflicts(first: string, second: string): string[] {
  const merged = new Set(merge(`${first} ${second}`).split(/\s+/));
  return first.split(/\s+/).filter((name) => name !== "" && !merged.has(name));
}

/** Every text in an expression, those of the constants in it too. */
function textsIn(node: ts.Node, constants: ReadonlyMap<string, readonly string[]>): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isIdentifier(node)) return [...(constants.get(node.text) ?? shared.get(node.text) ?? [])];
  // What is compared is no class name.
  if (ts.isBinaryExpression(node) && /^[=!]==$/.test(node.operatorToken.getText())) return [];
  const texts: string[] = [];
  ts.forEachChild(node, (child) => void texts.push(...textsIn(child, constants)));
  return texts;
}

function* walk(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* walk(child);
}

function constantsOf(source: ts.SourceFile): Map<string, string[]> {
  const constants = new Map<string, string[]>();
  for (const node of walk(source)) {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) continue;
    if (ts.isArrowFunction(node.initializer)) continue;
    constants.set(node.name.text, textsIn(node.initializer, new Map()));
  }
  return constants;
}

/** Class names that files offer to others; by convention their names are in capitals. */
const shared = new Map<string, string[]>();
for (const source of sources)
  for (const [name, texts] of constantsOf(source)) if (/^[A-Z_]+$/.test(name)) shared.set(name, texts);

const isJoin = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.getText() === "cn";

it("no element has two class names that set the same property", () => {
  const found: string[] = [];
  for (const source of sources) {
    const constants = constantsOf(source);
    for (const call of [...walk(source)].filter(isJoin)) {
      const groups = call.arguments.map((argument) => textsIn(argument, constants));
      const later = (at: number) => groups.slice(at + 1).flat();
      const pairs = groups.flatMap((group, at) =>
        group.flatMap((a) => later(at).map((b) => [a, b] as const)),
      );
      for (const [a, b] of pairs)
        for (const name of conflicts(a, b)) found.push(`${source.fileName}: ${name} and ${b}`);
    }
  }
  expect(found).toEqual([]);
});

it("what is given to a component sets nothing that its own class names set, unless it ends in an exclamation mark", () => {
  const own = new Map<string, string[]>();
  for (const source of sources) {
    const constants = constantsOf(source);
    for (const node of walk(source)) {
      if (!ts.isFunctionDeclaration(node) || !node.name) continue;
      const joins = [...walk(node)].filter(isJoin).filter((call) => /\bclassName\b/.test(call.getText()));
      if (joins.length > 0)
        own.set(
          node.name.text,
          joins.flatMap((call) => textsIn(call, constants)),
        );
    }
  }
  const found: string[] = [];
  for (const source of sources) {
    const constants = constantsOf(source);
    for (const node of walk(source)) {
      if (!ts.isJsxOpeningLikeElement(node)) continue;
      const bases = own.get(node.tagName.getText()) ?? [];
      const given = node.attributes.properties
        .filter(ts.isJsxAttribute)
        .filter(({ name }) => name.getText() === "className")
        .flatMap(({ initializer }) => (initializer ? textsIn(initializer, constants) : []));
      for (const b of given)
        for (const name of new Set(bases.flatMap((a) => conflicts(a, b))))
          found.push(`${source.fileName}: <${node.tagName.getText()}> ${name} and ${b}`);
    }
  }
  expect(own.size).toBeGreaterThan(15);
  expect(found).toEqual([]);
});
