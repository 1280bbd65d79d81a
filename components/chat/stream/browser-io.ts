import type { AnswerIo } from "./follow-answer";

/** Waits so many ms, less when the browser finds a network again. */
function pauseOrOnline(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener("online", end);
  });
}

/** Waits until the browser has a network; whether it had to. */
async function waitForNetwork(): Promise<boolean> {
  if (navigator.onLine) return false;
  await new Promise<void>((resolve) => window.addEventListener("online", () => resolve(), { once: true }));
  return true;
}

/** Reading answers as this browser can. */
export const browserIo: AnswerIo = {
  fetch: (input, init) => fetch(input, init),
  pause: pauseOrOnline,
  waitForNetwork,
  now: () => Date.now(),
};
