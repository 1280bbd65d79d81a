// Measures pages with Lighthouse: npm exec -- node bench/lighthouse.mjs [address of a running app] [path …]
// Each page as on a phone with a slow line (Lighthouse's default) and as on a desktop. Fails when a page has
// less than 100 for accessibility or best practices, less than 95 for performance, or moves while it loads.
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";

const LEAST = { accessibility: 100, "best-practices": 100, performance: 95 };
const MOST_SHIFT = 0.02;
const [url = "http://localhost:3100", ...paths] = process.argv.slice(2);

const installed = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const executablePath = existsSync(chromium.executablePath()) ? undefined : installed;
const port = await freePort();
const browser = await chromium.launch({
  args: ["--no-sandbox", `--remote-debugging-port=${port}`],
  ...(executablePath && { executablePath }),
});
let failed = false;
for (const path of paths.length > 0 ? paths : ["/"]) {
  await measure(path, "phone", undefined);
  await measure(path, "desktop", desktopConfig);
}
await browser.close();
process.exit(failed ? 1 : 0);

async function measure(path, device, config) {
  const flags = { port, output: "json", logLevel: "error", onlyCategories: Object.keys(LEAST) };
  const { lhr } = await lighthouse(`${url}${path}`, flags, config);
  if (lhr.runtimeError) {
    console.error(`${url}${path} could not be measured: ${lhr.runtimeError.message}`);
    await browser.close();
    process.exit(1);
  }
  const audit = (id) => lhr.audits[id].numericValue;
  const scores = Object.keys(LEAST).map((id) => [id, Math.round(lhr.categories[id].score * 100)]);
  const shift = audit("cumulative-layout-shift");
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"];
  const line = scores.map(([id, score]) => `${id} ${score}`);
  line.push(`shift ${shift.toFixed(3)}`, ...times.map((id) => `${id} ${Math.round(audit(id))} ms`));
  console.log(`${path}, ${device}: ${line.join(", ")}`);
  if (scores.every(([id, score]) => score >= LEAST[id]) && shift <= MOST_SHIFT) return;
  failed = true;
  const lost = Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9),
  );
  for (const { id } of lost)
    console.log(`  ${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
