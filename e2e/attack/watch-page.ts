import type { BrowserContext, Page } from "@playwright/test";

/** What got out of the pages of a browser context; empty where nothing did. */
export interface PageWatch {
  escapes: string[];
  /** Notes what stands in the page and would act later: a handler, a script's address, another site's. */
  inspect(page: Page): Promise<void>;
}

const RAN = "attack ran";
const BLOCKED = "attack was blocked by the policy alone";

/** Watches every page of a context from its first script on: what runs, and where it sends anything. */
export async function watchPages(context: BrowserContext, url: string): Promise<PageWatch> {
  const { origin } = new URL(url);
  const escapes: string[] = [];
  const isOwn = (address: string) =>
    address.startsWith(`${origin}/`) || /^(?:data|blob|about):/.test(address);
  await context.addInitScript(
    ([ran, blocked]) => {
      Object.assign(globalThis, { pwn: () => console.error(ran) });
      addEventListener(
        "securitypolicyviolation",
        ({ violatedDirective, blockedURI, sourceFile, columnNumber }) =>
          console.error(blocked, violatedDirective, blockedURI, sourceFile, columnNumber),
      );
    },
    [RAN, BLOCKED] as const,
  );
  context.on("console", (message) => {
    if (message.text().startsWith("attack")) escapes.push(message.text());
  });
  context.on("dialog", (dialog) => {
    escapes.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    if (!isOwn(request.url())) escapes.push(`request ${request.url()}`);
  });
  context.on("page", (page) => {
    page.on("framenavigated", (frame) => {
      if (!isOwn(frame.url())) escapes.push(`navigation ${frame.url()}`);
    });
  });
  return {
    escapes,
    async inspect(page) {
      for (const found of await page.evaluate(findDangers, origin)) escapes.push(`element ${found}`);
    },
  };
}

/** Runs in the page. A link that leads away waits for a reader's click and is none. */
function findDangers(origin: string): string[] {
  const ATTRIBUTES = [
    "src",
    "srcset",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "srcdoc",
  ];
  const isDanger = (element: Element, name: string, value: string) => {
    if (name.startsWith("on")) return true;
    if (name === "style") return /url\(|@import/i.test(value);
    if (!ATTRIBUTES.includes(name)) return false;
    const { protocol, origin: target } = new URL(value, location.href);
    if (["javascript:", "vbscript:"].includes(protocol)) return true;
    const isLink = element instanceof HTMLAnchorElement;
    if (isLink) return protocol === "data:";
    return target !== origin && !["blob:", "mailto:"].includes(protocol) && !value.startsWith("#");
  };
  return [...document.querySelectorAll("*")].flatMap((element) => {
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "FRAME"].includes(element.tagName)) return [element.outerHTML];
    if (element.tagName === "META" && element.getAttribute("http-equiv") !== null) return [element.outerHTML];
    return [...element.attributes]
      .filter(({ name, value }) => isDanger(element, name.toLowerCase(), value))
      .map(({ name, value }) => `<${element.tagName.toLowerCase()} ${name}="${value.slice(0, 200)}">`);
  });
}
