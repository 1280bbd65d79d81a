// Measures a long conversation in Chromium: npm exec -- node bench/chat-browser.mjs [messages]
// How soon it is on the screen, how long a key takes while an answer streams into it, and whether the page
// jumps meanwhile. It starts the app and a model server of its own; run `npm run build` before.
import "../scripts/resolve-typescript.mjs";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const { startApp } = await import("../e2e/support/app-server.ts");
const { startModelServer } = await import("../e2e/support/model-server.ts");
const { ownerOf, seedConversation } = await import("../e2e/support/long-conversation.ts");

const messages = Number(process.argv[2] ?? 1000);
const OPENINGS = 7;
const KEYS = "How long does the grace period of a rotated key last, and can it be made longer?";

const dataDir = mkdtempSync(join(tmpdir(), "chat-bench-"));
const model = await startModelServer({ pieces: ["Hello."] });
const app = await startApp({
  DATA_DIR: dataDir,
  OPENAI_BASE_URL: model.url,
  OPENAI_API_KEY: "bench",
  CHAT_MODEL: "gpt-4o-mini",
});
const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const executablePath = existsSync(chromium.executablePath()) ? undefined : installed;
const browser = await chromium.launch({ args: ["--no-sandbox"], ...(executablePath && { executablePath }) });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(app.url);
  await ask(page, "Hello?");
  await page.getByRole("button", { name: "Regenerate" }).waitFor();
  const sessionId = await seedConversation(dataDir, ownerOf(await page.context().cookies()), messages / 2);
  await measureOpening(page, sessionId);
  await measureTyping(page, sessionId);
} finally {
  await browser.close();
  await app[Symbol.asyncDispose]();
  await model[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

async function ask(page, question) {
  const field = page.getByRole("textbox", { name: "Your question" });
  await field.fill(question);
  await field.press("Enter");
}

/** From the click on its row, and from a load of its address, to its last answer on the screen, drawn in full. */
async function measureOpening(page, sessionId) {
  const clicks = [];
  const loads = [];
  for (let round = 0; round < OPENINGS; round += 1) {
    const begin = Date.now();
    await page.goto(`${app.url}/c/${sessionId}`);
    await lastAnswer(page);
    loads.push(Date.now() - begin);
    await page.goto(app.url);
    await page.getByRole("link", { name: /A long conversation/ }).waitFor();
    const clicked = Date.now();
    await page.getByRole("link", { name: /A long conversation/ }).click();
    await lastAnswer(page);
    clicks.push(Date.now() - clicked);
  }
  report(`${messages} messages, opened by address`, loads);
  report(`${messages} messages, opened from the list`, clicks);
}

/** Drawn in full and at the end of the scroller. */
async function lastAnswer(page) {
  await page.waitForFunction(
    (name) => {
      const scroller = document.querySelector("[data-messages]");
      if (!scroller?.textContent?.includes(name)) return false;
      const isDrawn = [...scroller.querySelectorAll("article")].at(-1)?.querySelector("table") !== null;
      return isDrawn && scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
    },
    `Answer ${messages / 2}:`,
  );
}

/** Each key until the frame after it, and how far a line that is being read moves, while an answer streams. */
async function measureTyping(page, sessionId) {
  const pieces = Array.from({ length: 900 }, (_, n) => (n % 30 === 29 ? "word.\n\n" : `word${n} `));
  model.script({ pieces, pauseMs: 20 });
  await page.goto(`${app.url}/c/${sessionId}`);
  await lastAnswer(page);
  await ask(page, "Write a long answer.");
  await page.getByText("word40").first().waitFor();
  await page.evaluate(watchKeys);
  const field = page.getByRole("textbox", { name: "Your question" });
  await field.focus();
  for (const key of KEYS) {
    await page.keyboard.press(key === " " ? "Space" : key);
    // As people type: what is measured is how late a key comes.
    await page.waitForTimeout(40);
  }
  const delays = await page.evaluate(() => window.keyDelays);
  report("a key while an answer streams", delays);
  await measureJumps(page);
}

/** Runs in the page: the time from a key to the end of the frame that shows it. */
function watchKeys() {
  window.keyDelays = [];
  window.addEventListener(
    "keydown",
    (event) => {
      const begin = event.timeStamp;
      requestAnimationFrame(() => setTimeout(() => window.keyDelays.push(performance.now() - begin)));
    },
    true,
  );
}

async function measureJumps(page) {
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, -900);
  // The wheel scrolls smoothly and says no end.
  await page.waitForTimeout(500);
  const moved = await page.evaluate(async () => {
    const scroller = document.querySelector("[data-messages]");
    const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
    const read = [...scroller.querySelectorAll("section")].find(
      (section) => section.getBoundingClientRect().bottom > middle,
    );
    const places = [];
    for (let frame = 0; frame < 180; frame += 1) {
      await new Promise(requestAnimationFrame);
      places.push(read.getBoundingClientRect().top);
    }
    return Math.max(...places) - Math.min(...places);
  });
  console.log(`a line that is read further up moves by ${moved.toFixed(1)} px in 3 s of streaming`);
}

function report(name, samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))].toFixed(0);
  console.log(
    `${name}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms, ${samples.length} times`,
  );
}
