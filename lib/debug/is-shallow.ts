/** Whether no value lies more than `depth` lists and objects deep; looks without recursion, whatever it is given. */
export function isShallow(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let at = 0; level.length > 0; at++) {
    if (at > depth) return false;
    level = level.flatMap((parent) =>
      typeof parent === "object" && parent !== null ? Object.values(parent) : [],
    );
  }
  return true;
}
