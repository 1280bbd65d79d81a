import { startRedisTestServer } from "@/lib/store/redis-test-server";
import { startApp } from "./support/app-server";
import { type Client, createClient, sameBrowser } from "./support/ask";
import { expect, test } from "./support/fixtures";
import { gate } from "./support/gate";
import { startModelServer, USAGE } from "./support/model-server";
import { askInPage } from "./support/page";

const MODEL = { OPENAI_API_KEY: "test-key", CHAT_MODEL: "gpt-4o-mini" };
const json = (body: object) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
const SESSION = "0190a2b3-0000-7000-8000-0000000000ab";

/** Asks until an answer is refused; what it was refused with. */
async function untilRefused(client: Client, most: number): Promise<Response> {
  for (let asked = 0; asked < most; asked += 1) {
    const response = await client.fetch("/api/chat", json({ message: "Hello?", kb_prefix: "general" }));
    if (response.status !== 200) return response;
    await response.text();
  }
  throw new Error("no answer was refused");
}

async function expectRefusal(response: Response, limit: string, mostSeconds: number): Promise<void> {
  expect(response.status).toBe(429);
  const seconds = Number(response.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(mostSeconds);
  const { error } = await response.json();
  expect(error).toMatchObject({ code: "rate_limited", issues: [{ path: limit }] });
  expect(error.message).toMatch(/^[A-Z].*\.$/);
}

test("a day's tokens run out for a browser, in every process and over a restart; the page says so in both languages", async ({
  page,
}) => {
  test.setTimeout(120_000);
  await using redis = await startRedisTestServer();
  await using model = await startModelServer({ pieces: ["Hello."] });
  const settings = {
    ...MODEL,
    OPENAI_BASE_URL: model.url,
    REDIS_URL: redis.url,
    SESSION_SECRETS: "shared",
    TOKENS_PER_DAY: String(USAGE.total_tokens * 2),
  };
  await using one = await startApp(settings);
  await using two = await startApp(settings);
  const cookie = { value: "" };
  const ada = createClient(one.url, "user", cookie);
  await expectRefusal(await untilRefused(ada, 6), "tokens_per_day", 86_400);
  const elsewhere = await sameBrowser(cookie, two.url).fetch("/api/chat", json({ message: "Hello?" }));
  await expectRefusal(elsewhere, "tokens_per_day", 86_400);
  await redis.stop();
  await expectRefusal(await ada.fetch("/api/chat", json({ message: "Hello?" })), "tokens_per_day", 86_400);
  await redis.start();
  expect((await createClient(two.url, "user").ask({ message: "Hello?" })).response.status).toBe(200);

  const [name = "", value = ""] = cookie.value.split("=");
  for (const [locale, sentence] of [
    ["en", "What this browser may ask in a day is used up."],
    ["zh", "此浏览器今天的提问额度已用完"],
  ] as const) {
    await page.context().addCookies([
      { name, value, url: one.url },
      { name: "locale", value: locale, url: one.url },
    ]);
    await page.goto(one.url);
    await askInPage(page, "Hello?");
    await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
  }
});

test("money runs out for everybody, and stays so over a restart without Redis", async () => {
  await using model = await startModelServer({ pieces: ["Hello."] });
  await using app = await startApp({ ...MODEL, OPENAI_BASE_URL: model.url, SPEND_PER_DAY_USD: "0.000001" });
  await expectRefusal(await untilRefused(createClient(app.url, "user"), 5), "spend_per_day", 86_400);
  await app.end("SIGTERM");
  await app.restart();
  const other = await createClient(app.url, "user").fetch("/api/chat", json({ message: "Hello?" }));
  await expectRefusal(other, "spend_per_day", 86_400);
});

test("as many answers at once as a browser and a process may have, and then one again", async () => {
  const held = gate();
  await using model = await startModelServer({
    pieces: ["Held", " back."],
    holdAt: { index: 1, until: held.until },
  });
  await using app = await startApp({
    ...MODEL,
    OPENAI_BASE_URL: model.url,
    STREAMS_PER_BROWSER: "1",
    STREAMS_MAX: "2",
  });
  const [ada, bob, eve] = [0, 1, 2].map(() => createClient(app.url, "user"));
  if (!ada || !bob || !eve) throw new Error("three clients");
  const question = { message: "Hello?", kb_prefix: "general" };
  await ada.fetch("/api/me");
  const first = await ada.ask(question);
  await expectRefusal(await ada.fetch("/api/chat", json(question)), "streams_per_browser", 10);
  const second = await bob.ask(question);
  await expectRefusal(await eve.fetch("/api/chat", json(question)), "streams_max", 10);
  held.open();
  for (const { frames } of [first, second]) for await (const _ of frames);
  expect((await eve.answer(question)).frames.at(-1)?.status).toBe("done");
});

test("files of a day run out, and a full queue says so", async () => {
  await using app = await startApp({ UPLOADS_PER_DAY: "2", INGEST_QUEUE_MAX: "1" });
  const ada = createClient(app.url, "user");
  const attach = (...names: string[]) => {
    const body = new FormData();
    for (const name of names) body.append("files", new File([`Text of ${name}.`], name));
    return ada.fetch(`/api/sessions/${SESSION}/attachments`, { method: "POST", body });
  };
  const items = () => ada.fetch(`/api/sessions/${SESSION}/attachments`).then((response) => response.json());
  expect((await attach("a.md")).status).toBe(202);
  await expect.poll(async () => (await items()).items[0]?.state, { timeout: 30_000 }).toBe("done");
  await expectRefusal(await attach("b.md", "c.md", "d.md"), "ingest_queue", 60);
  await expectRefusal(await attach("e.md"), "uploads_per_day", 86_400);
  expect((await items()).items).toHaveLength(1);
});
