import { expect, type Locator, type Page } from "@playwright/test";

const MOST_STEPS = 80;

/** Goes with Tab to a control, as a person without a mouse does; every stop on the way has to be in sight. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
    expect(await focusInSight(page)).toEqual("in sight");
  }
  throw new Error(`${target} was not reached with ${MOST_STEPS} times ${key}`);
}

/** Waits until the focus is on something again: a control of the page, not nowhere. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName ?? "BODY")).not.toBe("BODY");
}

async function isFocused(target: Locator): Promise<boolean> {
  if ((await target.count()) === 0) return false;
  return target.first().evaluate((element) => element === document.activeElement);
}

/** Whether what has the focus is on the screen and nothing lies over it, or what is wrong with it. */
function focusInSight(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const element = document.activeElement;
    // After the page's last stop the focus is the browser's own.
    if (!element || element === document.body) return "in sight";
    // What slides into sight as it gets the focus has arrived then.
    await Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map((animation) => animation.finished.catch(() => undefined)),
    );
    const name = element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40) ?? "";
    const box = element.getBoundingClientRect();
    const [left, right] = [Math.max(0, box.left), Math.min(window.innerWidth, box.right)];
    const [top, bottom] = [Math.max(0, box.top), Math.min(window.innerHeight, box.bottom)];
    if (right <= left || bottom <= top) return `${element.tagName} “${name}” is off the screen`;
    const points = [0.1, 0.5, 0.9].flatMap((x) =>
      [0.25, 0.5, 0.75].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
    );
    const seen = points.some(([x, y]) => {
      const over = document.elementFromPoint(x, y);
      return over !== null && (element.contains(over) || over.contains(element));
    });
    return seen ? "in sight" : `${element.tagName} “${name}” is covered`;
  });
}
