/** What a spreadsheet would take for a formula; a negative number is none. */
const FORMULA = /^(?:[=@\t\r]|[+-](?![\d.,]+%?$)).*/;

/** Rows as RFC 4180 has them. The library comes with the first table that is copied. */
export async function toCsv(rows: readonly string[][]): Promise<string> {
  const { unparse } = await import("papaparse");
  return unparse([...rows], { escapeFormulae: FORMULA });
}
