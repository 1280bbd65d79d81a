/**
 * Puts variables into the texts of a Compose file as Compose does: `$$`, `$NAME`, `${NAME}`, and with a default
 * or a message behind `:-`, `-`, `:?` or `?`, in which others may stand. The colon takes an empty value for none.
 * Throws what Compose says when a required variable is missing.
 */
export function interpolate(node: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof node === "string") return interpolateText(node, variables);
  if (Array.isArray(node)) return node.map((item) => interpolate(item, variables));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolate(value, variables)]));
}

function interpolateText(text: string, variables: Readonly<Record<string, string>>): string {
  let result = "";
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("$$", at)) {
      result += "$";
      at += 2;
    } else if (text.startsWith("${", at)) {
      const end = endOfBraces(text, at + 2);
      result += substitute(text.slice(at + 2, end), variables);
      at = end + 1;
    } else {
      const name = /^\$([A-Za-z_]\w*)/.exec(text.slice(at));
      result += name ? (variables[name[1] ?? ""] ?? "") : text.charAt(at);
      at += name ? name[0].length : 1;
    }
  }
  return result;
}

function endOfBraces(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith("${", at)) depth += 1;
    if (text.charAt(at) === "}") depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`invalid interpolation format: ${text}`);
}

function substitute(inner: string, variables: Readonly<Record<string, string>>): string {
  const [, name = "", operator = "", rest = ""] = /^([A-Za-z_]\w*)(:?[-?])?([\s\S]*)$/.exec(inner) ?? [];
  if (name === "" || (operator === "" && rest !== ""))
    throw new Error(`invalid interpolation format: ${inner}`);
  const value = variables[name];
  const isThere = value !== undefined && (value !== "" || !operator.startsWith(":"));
  if (operator === "" || isThere) return value ?? "";
  if (operator.endsWith("-")) return interpolateText(rest, variables);
  throw new Error(`required variable ${name} is missing a value: ${rest}`);
}
