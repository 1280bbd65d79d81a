/** Work that goes on by itself, and is waited for at the end of a process alone. */
export interface OpenWork {
  /** Remembers it until it has ended. It deals with its faults itself. */
  add(work: Promise<unknown>): void;
  /** Resolves when all that was added so far has ended, however. */
  settled(): Promise<void>;
}

export function createOpenWork(): OpenWork {
  const open = new Set<Promise<unknown>>();
  return {
    add(work) {
      const ended = work
        .catch(() => undefined)
        .finally(() => {
          open.delete(ended);
        });
      open.add(ended);
    },
    async settled() {
      await Promise.all(open);
    },
  };
}
