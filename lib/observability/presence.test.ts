import { expect, it } from "vitest";
import type { Answer, LangfuseApi } from "./langfuse-api";
import { createPresence } from "./presence";
import type { ServerFacts } from "./server-facts";

const answered = (body: unknown, status = 200): Answer => ({
  kind: "answered",
  status,
  isJson: true,
  body,
  retryAfterMs: null,
});
const nothing = answered({ data: [], meta: {} });
const there = answered({ data: [{ traceId: "t" }], meta: {} });

function setup(answers: (Answer | Promise<Answer>)[], version: string | null = "4.16.0") {
  const asked: string[] = [];
  const time = { now: 0 };
  const impatient: (() => void)[] = [];
  const api: LangfuseApi = {
    healthy: () => true,
    async call({ path }) {
      asked.push(path);
      return answers.shift() ?? nothing;
    },
  };
  const facts: ServerFacts = {
    version: async () => version,
    projectId: async () => "p",
    knownVersion: () => version,
    refresh: async () => {},
  };
  const presence = createPresence(api, facts, {
    monotonic: () => time.now,
    wait: () => new Promise((resolve) => impatient.push(resolve)),
  });
  return { presence, asked, time, impatient };
}

it("looks again after 2, 4, 8, 16, 30 and then every 60 seconds, however often it is asked", async () => {
  const { presence, asked, time } = setup([]);
  const lookedAt: number[] = [];
  for (time.now = 0; time.now <= 200_000; time.now += 500) {
    const before = asked.length;
    await presence.isVisible("t");
    if (asked.length > before) lookedAt.push(time.now / 1000);
  }
  expect(lookedAt).toEqual([0, 2, 6, 14, 30, 60, 120, 180]);
});

it("has one look on its way per trace, and tells its result to all that asked", async () => {
  const gate = Promise.withResolvers<Answer>();
  const { presence, asked } = setup([gate.promise]);
  const both = Promise.all([presence.isVisible("t"), presence.isVisible("t")]);
  gate.resolve(there);
  expect(await both).toEqual([true, true]);
  expect(asked).toHaveLength(1);
});

it("does not keep anybody waiting for a slow look; the next question hears its result", async () => {
  const gate = Promise.withResolvers<Answer>();
  const { presence, asked, impatient } = setup([gate.promise]);
  const first = presence.isVisible("t");
  impatient[0]?.();
  expect(await first).toBe(false);
  gate.resolve(there);
  expect(await presence.isVisible("t")).toBe(true);
  expect(await presence.isVisible("t")).toBe(true);
  expect(asked).toHaveLength(1);
});

it("asks each server the way its version answers, an unknown one as the newest", async () => {
  const routes = await Promise.all(
    ["3.170.0", "4.0.0", "5.1.0", null].map(async (version) => {
      const { presence, asked } = setup([], version);
      await presence.isVisible("t");
      return asked[0];
    }),
  );
  const list = "/api/public/v2/observations?traceId=t&limit=1";
  expect(routes).toEqual(["/api/public/traces/t?fields=core", list, list, list]);
});

it("believes only an answer about that trace", async () => {
  const others: Answer[] = [
    answered({ data: [{ traceId: "other" }] }),
    answered("there"),
    answered(null, 500),
    { kind: "timeout" },
    { kind: "unreachable" },
  ];
  for (const other of others) expect(await setup([other]).presence.isVisible("t")).toBe(false);
});
