import { availableParallelism } from "node:os";

/**
 * Gives Lance enough threads to finish a text index. Its builder keeps a thread of its pool busy for each
 * shard and needs one more to write what the shards make, but on machines with up to three cores it takes
 * one thread in all, and waits for itself for ever as soon as a table is large. Lance reads these variables
 * at its first call; values of the operator stay.
 */
export function reserveLanceThreads(environment: NodeJS.ProcessEnv = process.env): void {
  const threads = Math.max(4, availableParallelism() + 2);
  environment.LANCE_CPU_THREADS ??= String(threads);
  environment.LANCE_FTS_NUM_SHARDS ??= String(Math.floor(threads / 2));
}
