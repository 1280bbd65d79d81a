/**
 * Runs generators at once and yields what any of them yields as soon as it comes; returns their results
 * in the order given. When one throws, the others are still run to their end (their spans must close)
 * before the first error is thrown.
 */
export async function* mergeEvents<E, R>(
  generators: readonly AsyncGenerator<E, R>[],
): AsyncGenerator<E, R[]> {
  const results = new Map<number, R>();
  const failures: unknown[] = [];
  const pending = new Map(generators.map((generator, index) => [index, advance(generator, index)] as const));
  while (pending.size > 0) {
    const step = await Promise.race(pending.values());
    pending.delete(step.index);
    if (step.kind === "failed") failures.push(step.error);
    else if (step.result.done) results.set(step.index, step.result.value);
    else {
      pending.set(step.index, advance(step.generator, step.index));
      yield step.result.value;
    }
  }
  if (failures.length > 0) throw failures[0];
  return [...results.entries()].sort(([a], [b]) => a - b).map(([, result]) => result);
}

type Step<E, R> =
  | { kind: "advanced"; index: number; generator: AsyncGenerator<E, R>; result: IteratorResult<E, R> }
  | { kind: "failed"; index: number; error: unknown };

async function advance<E, R>(generator: AsyncGenerator<E, R>, index: number): Promise<Step<E, R>> {
  try {
    return { kind: "advanced", index, generator, result: await generator.next() };
  } catch (error) {
    return { kind: "failed", index, error };
  }
}
