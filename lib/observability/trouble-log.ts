import type { LinkEvent } from "./link-state";

/** One line when something begins to go wrong, when it goes wrong differently, and when it is over. */
export function createTroubleLog(log: (message: string) => void) {
  let current: string | null = null;
  function say(reason: string): void {
    if (reason === current) return;
    current = reason;
    log(`Export to Langfuse fails: ${reason}.`);
  }
  function hear(event: LinkEvent): void {
    if (event.type === "not-taken") say(event.reason);
    if (event.type !== "taken" || current === null) return;
    current = null;
    log("Langfuse takes traces again.");
  }
  return { say, hear, current: () => current };
}
