export type TextTree = { [key: string]: string | TextTree };

/** Every text with its path, as in `chat.empty.title`. */
export function textsOf(tree: TextTree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : textsOf(value, `${path}${key}.`),
  );
}
