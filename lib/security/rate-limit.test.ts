import { expect, it } from "vitest";
import { createLimiters } from "@/lib/store/request-limiter";
import { createRateLimit } from "./rate-limit";

const take = async (
  limit: ReturnType<typeof createRateLimit>,
  browser: string | null,
  address: string,
  times: number,
) => {
  for (let n = 0; n < times; n += 1) await limit.take(browser, address);
};

it("a browser has its requests of a minute, and an address ten times as many whatever browsers it says to be", async () => {
  const limit = createRateLimit(3, createLimiters(null));
  await take(limit, "ada", "10.0.0.1", 3);
  await expect(limit.take("ada", "10.0.0.1")).rejects.toMatchObject({
    code: "rate_limited",
    retryAfterSeconds: expect.any(Number),
  });
  for (let n = 0; n < 26; n += 1) await limit.take(`browser-${n}`, "10.0.0.1");
  await expect(limit.take("another", "10.0.0.1")).rejects.toMatchObject({ code: "rate_limited" });
  await limit.take("another", "10.0.0.2");
});

it("counts neither browsers nor addresses by their names", async () => {
  const keys: string[] = [];
  const limit = createRateLimit(3, () => ({
    take: async (key) => {
      keys.push(key);
      return null;
    },
  }));
  await limit.take("ada", "10.0.0.1");
  expect(keys).toHaveLength(2);
  expect(keys.join()).not.toMatch(/ada|10\.0/);
});

it("0 is no limit", async () => {
  await take(createRateLimit(0, createLimiters(null)), "ada", "10.0.0.1", 1000);
});
