import { diffArrays } from "diff";

/** Items of two lists beside one another; null where the other list has no such item at that place. */
export type Pair<T> = { a: T; b: T } | { a: T; b: null } | { a: null; b: T };

/** Edits after which two lists count as having nothing in common. */
const MOST_EDITS = 1000;

/**
 * Pairs the items of two lists that have the same key, in the order of both; what is left over stands alone,
 * that of b first. Swapping the lists gives the same pairs with their sides swapped.
 */
export function alignLists<T>(a: readonly T[], b: readonly T[], keyOf: (item: T) => string): Pair<T>[] {
  const keysA = a.map(keyOf);
  const keysB = b.map(keyOf);
  // Of several shortest edits the library takes one by the order of its arguments; ours is the same both ways.
  const swapped = keysA.join("\n") > keysB.join("\n");
  const [first, second] = swapped ? [keysB, keysA] : [keysA, keysB];
  const edits = diffArrays(first, second, { maxEditLength: MOST_EDITS }) ?? [
    { count: first.length, removed: true, added: false },
    { count: second.length, removed: false, added: true },
  ];
  const restA = [...a];
  const restB = [...b];
  let open: { a: T[]; b: T[] } = { a: [], b: [] };
  const pairs: Pair<T>[] = [];
  const close = () => {
    pairs.push(
      ...open.b.map((item) => ({ a: null, b: item })),
      ...open.a.map((item) => ({ a: item, b: null })),
    );
    open = { a: [], b: [] };
  };
  for (const { count, removed, added } of edits) {
    if (removed || added) {
      if (removed !== swapped) open.a.push(...restA.splice(0, count));
      else open.b.push(...restB.splice(0, count));
      continue;
    }
    close();
    const same = restB.splice(0, count);
    restA.splice(0, count).forEach((item, index) => {
      const other = same[index];
      if (other !== undefined) pairs.push({ a: item, b: other });
    });
  }
  close();
  return pairs;
}
