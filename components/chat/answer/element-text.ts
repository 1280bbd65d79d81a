import type { ExtraProps } from "react-markdown";

export type Element = NonNullable<ExtraProps["node"]>;

/** The words of an element. */
export function textOf(element: Element): string {
  return element.children
    .map((child) => (child.type === "text" ? child.value : child.type === "element" ? textOf(child) : ""))
    .join("");
}

/** The words of a table's cells, row by row. */
export function tableRows(table: Element): string[][] {
  return elementsNamed(table, ["tr"]).map((row) =>
    elementsNamed(row, ["th", "td"]).map((cell) => textOf(cell).trim()),
  );
}

function elementsNamed(element: Element, names: readonly string[]): Element[] {
  return element.children.flatMap((child) => {
    if (child.type !== "element") return [];
    return names.includes(child.tagName) ? [child] : elementsNamed(child, names);
  });
}
