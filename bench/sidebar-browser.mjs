// Measures the sidebar in Chromium: npm exec -- node bench/sidebar-browser.mjs [address of a running app] [debug token]
// Frames while a run of 2,000 spans is scrolled and filtered; how long an event of a live run takes until it is
// on the screen. The app should be started with CHAT_MODEL unset: the offline model's pace is part of nothing here.
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { largeRunRecord } from "./large-run.mjs";

const [url = "http://localhost:3100", token = process.env.DEBUG_TOKEN ?? ""] = process.argv.slice(2);
const SPANS = 2000;
const RUNS = 8;

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const executablePath = existsSync(chromium.executablePath()) ? undefined : installed;
const browser = await chromium.launch({ args: ["--no-sandbox"], ...(executablePath && { executablePath }) });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`${url}/?token=${token}`);
await page.getByRole("textbox").first().waitFor();
await measureFrames();
await measurePolls();
await measureLatency();
await browser.close();

async function importRun(spans) {
  const record = largeRunRecord("0197f000-0000-7000-8000-0000000000bb", spans);
  const response = await page.request.post(`${url}/api/debug/import`, {
    data: record,
    headers: { origin: url },
  });
  if (!response.ok()) throw new Error(await response.text());
  return (await response.json()).request_id;
}

async function measureFrames() {
  await page.goto(`${url}/debug/${await importRun(SPANS)}`);
  await page.getByRole("treeitem").first().waitFor();
  report("nothing, for comparison", await frames(() => new Promise((done) => setTimeout(done, 2000))));
  report("scrolling", await frames(scrollTree));
  report("filtering", await frames(typeFilter));
  report("dragging the window", await dragWindow());
}

/** The time between two frames while `work` goes on in the page. */
function frames(work) {
  return page.evaluate(async (source) => {
    const deltas = [];
    let last = performance.now();
    let going = true;
    requestAnimationFrame(function tick(now) {
      deltas.push(now - last);
      last = now;
      if (going) requestAnimationFrame(tick);
    });
    await new Function(`return (${source})()`)();
    going = false;
    return deltas.slice(2);
  }, work.toString());
}

async function scrollTree() {
  const scroller = document.querySelector("[role=tree]").parentElement;
  const end = scroller.scrollHeight - scroller.clientHeight;
  for (let step = 0; step <= 180; step += 1) {
    scroller.scrollTop = (end * step) / 180;
    await new Promise(requestAnimationFrame);
  }
}

async function typeFilter() {
  const field = document.querySelector("[data-filter]");
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  for (const text of [
    "g",
    "gr",
    "gra",
    "grap",
    "graph",
    "grap",
    "gra",
    "gr",
    "g",
    "",
    "f",
    "fa",
    "fai",
    "",
  ]) {
    write.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    for (let frame = 0; frame < 6; frame += 1) await new Promise(requestAnimationFrame);
  }
}

async function dragWindow() {
  const box = await page.locator("fieldset").first().boundingBox();
  const y = box.y + 34;
  const measured = frames(() => new Promise((done) => setTimeout(done, 2500)));
  await page.mouse.move(box.x + 20, y);
  await page.mouse.down();
  for (let step = 1; step <= 60; step += 1)
    await page.mouse.move(box.x + 20 + (step * (box.width - 40)) / 60, y);
  await page.mouse.up();
  return measured;
}

function report(name, deltas) {
  const fps = 1000 / (deltas.reduce((sum, delta) => sum + delta, 0) / deltas.length);
  const late = deltas.filter((delta) => delta > 25).length;
  const numbers = `median ${quantile(deltas, 0.5).toFixed(1)} ms, p95 ${quantile(deltas, 0.95).toFixed(1)} ms`;
  console.log(`${SPANS} spans, ${name}: ${fps.toFixed(1)} fps, ${numbers}, late ${late} of ${deltas.length}`);
}

/** Whole polls over HTTP, a long run and a short one in turn. */
async function measurePolls() {
  const runs = [{ id: await importRun(30) }, { id: await importRun(3400) }];
  const samples = [[], []];
  for (const run of runs) run.last = (await (await fetchRun(run.id, 0)).json()).cursor;
  for (let round = 0; round < 200; round += 1) {
    for (const [index, { id, last }] of runs.entries()) {
      const start = performance.now();
      await (await fetchRun(id, Number(last) - 5)).json();
      samples[index].push(performance.now() - start);
    }
  }
  const [short, long] = samples.map((all) => quantile(all, 0.5));
  const events = runs.map(({ last }) => last).join(" and ");
  console.log(
    `poll over HTTP, ${events} events: ${short.toFixed(2)} and ${long.toFixed(2)} ms, ratio ${(long / short).toFixed(2)}`,
  );
}

function fetchRun(id, after) {
  return fetch(`${url}/api/debug/${id}?after=${after}`, { headers: { authorization: `Bearer ${token}` } });
}

/** From the instant that the server stamps on a span's start to the frame in which the panel shows its row. */
async function measureLatency() {
  await page.goto(url);
  await page.evaluate(() => {
    window.seen = new Map();
    new MutationObserver(() => {
      for (const row of document.querySelectorAll("[data-span]"))
        if (!window.seen.has(row.dataset.span)) window.seen.set(row.dataset.span, Date.now());
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  await page.getByRole("textbox").first().fill("How long is debug data kept?");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Regenerate" }).last().waitFor();
  await page.keyboard.press("Control+.");
  await page.getByRole("treeitem").first().waitFor();
  const delays = [];
  for (let run = 0; run < RUNS; run += 1) {
    await page
      .getByRole("textbox", { name: "Your question" })
      .fill(`What does tab ${run} of the sidebar show?`);
    await page.keyboard.press("Enter");
    // As people look at an answer; the answer is over by then.
    await page.waitForTimeout(4000);
    const id = new URL(page.url()).searchParams.get("debug");
    const answer = await (await fetchRun(id, 0)).json();
    const seen = await page.evaluate(() => Object.fromEntries(window.seen));
    for (const event of answer.events)
      if (event.type === "span-start" && seen[event.span_id]) delays.push(seen[event.span_id] - event.at);
  }
  const numbers = [0.5, 0.95].map((q) => `${Math.round(quantile(delays, q))} ms`);
  console.log(
    `an event on the screen after: median ${numbers[0]}, p95 ${numbers[1]}, ${delays.length} spans of ${RUNS} runs`,
  );
}

function quantile(samples, q) {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}
