import { setTimeout } from "node:timers/promises";

/** Another process may commit at the same time; Lance then asks to try again. */
const COMMIT_ATTEMPTS = 10;
const LONGEST_PAUSE_MS = 100;

/** Commits again, after a short pause of random length, as long as another writer was faster. */
export async function retryCommit<T>(commit: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commit();
    } catch (error) {
      if (!isConflict(error) || attempt >= COMMIT_ATTEMPTS) throw error;
      await setTimeout(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}

/** Whether Lance refused a commit because another one came before it. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && /conflict/i.test(error.message);
}
