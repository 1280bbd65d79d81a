import type { Page } from "@playwright/test";

/** Sets the browser's own text size to twice the usual one, as its settings do. */
export async function doubleText(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
}

/**
 * What is wrong with the page's texts: those that their box cuts off at the bottom or that stick out of the
 * screen, and controls that lie over one another. A text that ends in "…" by design is none.
 */
export function textFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const nameOf = (element: Element) =>
      `${element.tagName} “${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}”`;
    const shown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.closest(".sr-only") &&
      element.getBoundingClientRect().width > 1;
    const hasText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const faults: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (!shown(element) || !hasText(element)) continue;
      const { overflowY, textOverflow } = getComputedStyle(element);
      if (
        overflowY === "hidden" &&
        textOverflow !== "ellipsis" &&
        element.scrollHeight > element.clientHeight + 2
      )
        faults.push(`${nameOf(element)} is cut`);
      const lineBox = element.getBoundingClientRect();
      const button = element.closest<HTMLElement>("button, a");
      const frame = button?.getBoundingClientRect();
      if (frame && shown(button as Element) && lineBox.height > frame.height + 4)
        faults.push(`${nameOf(element)} is higher than its control`);
      const scrolled = element.closest("pre, .overflow-x-auto");
      if (!scrolled && lineBox.right > window.innerWidth + 1) faults.push(`${nameOf(element)} sticks out`);
    }
    const controls = [...document.querySelectorAll("button, a[href], textarea, input")].filter(shown);
    for (const [at, first] of controls.entries()) {
      for (const second of controls.slice(at + 1)) {
        if (first.contains(second) || second.contains(first)) continue;
        const [a, b] = [first.getBoundingClientRect(), second.getBoundingClientRect()];
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        // What has been scrolled away lies below the composer.
        const scrolls = first.closest("[data-citation]") || second.closest("[data-citation]");
        const sameScroller = first.closest(".overflow-auto") === second.closest(".overflow-auto");
        if (width > 2 && height > 2 && sameScroller && !scrolls)
          faults.push(`${nameOf(first)} lies over ${nameOf(second)}`);
      }
    }
    return faults;
  });
}
