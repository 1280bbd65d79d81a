import { describe, expect, it } from "vitest";
import { createDayCounter } from "@/lib/store/day-counter";
import { createFakeClock } from "@/lib/store/fake-clock";
import { createSqliteDaySums } from "@/lib/store/sqlite-day-sums";
import { createAllowance, type DayLimits } from "./allowance";

const NONE: DayLimits = { tokens: 0, spendUsd: 0, uploads: 0, uploadMegabytes: 0 };
const ada = { browserId: "ada", address: "10.0.0.1" };
const call = (total_tokens: number, cost_usd: number | null = null) => ({
  usage: { prompt_tokens: total_tokens, completion_tokens: 0, total_tokens },
  cost_usd,
});

function open(limits: Partial<DayLimits>) {
  const clock = createFakeClock(Date.parse("2026-11-26T19:30:00Z"));
  const counter = createDayCounter({ sums: createSqliteDaySums({ path: ":memory:" }), clock });
  return { clock, allowance: createAllowance({ ...NONE, ...limits }, counter) };
}

describe("what may be used in a day", () => {
  it("ends with the tokens of a browser, and says when it begins anew", async () => {
    const { allowance } = open({ tokens: 100 });
    await allowance.requireAnswer(ada);
    allowance.chargeCall(ada, call(99));
    await allowance.requireAnswer(ada);
    allowance.chargeCall(ada, call(1));
    await expect(allowance.requireAnswer(ada)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterSeconds: 4.5 * 3600,
      message: expect.stringContaining("Try again in 5 h."),
      issues: [{ path: "tokens_per_day" }],
    });
    await allowance.requireAnswer({ browserId: "bob", address: ada.address });
  });

  it("ends for an address at ten times that, whatever browsers it says to be", async () => {
    const { allowance } = open({ tokens: 100 });
    for (let n = 0; n < 10; n += 1)
      allowance.chargeCall({ browserId: `b${n}`, address: "10.0.0.9" }, call(100));
    await expect(allowance.requireAnswer({ browserId: null, address: "10.0.0.9" })).rejects.toMatchObject({
      issues: [{ path: "tokens_per_day" }],
    });
    await allowance.requireAnswer(ada);
  });

  it("ends for everybody with the money, to the millionth of a dollar", async () => {
    const { allowance } = open({ spendUsd: 0.5 });
    allowance.chargeCall(ada, call(10, 0.499_999));
    await allowance.requireAnswer({ browserId: "bob", address: "b" });
    allowance.chargeCall(ada, call(10, 0.000_001));
    await expect(allowance.requireAnswer({ browserId: "bob", address: "b" })).rejects.toMatchObject({
      issues: [{ path: "spend_per_day" }],
    });
  });

  it("counts files and their bytes", async () => {
    const files = open({ uploads: 2 });
    files.allowance.chargeUpload(ada, 5);
    await files.allowance.requireUpload(ada);
    files.allowance.chargeUpload(ada, 5);
    await expect(files.allowance.requireUpload(ada)).rejects.toMatchObject({
      issues: [{ path: "uploads_per_day" }],
    });
    const bytes = open({ uploadMegabytes: 1 });
    bytes.allowance.chargeUpload(ada, 1024 * 1024 - 1);
    await bytes.allowance.requireUpload(ada);
    bytes.allowance.chargeUpload(ada, 1);
    await expect(bytes.allowance.requireUpload(ada)).rejects.toMatchObject({
      issues: [{ path: "upload_mb_per_day" }],
    });
  });

  it("begins anew at midnight (UTC), and has no limit with 0", async () => {
    const { allowance, clock } = open({ tokens: 1 });
    allowance.chargeCall(ada, call(5));
    clock.advance(4.5 * 3_600_000);
    await allowance.requireAnswer(ada);
    const free = open({}).allowance;
    free.chargeCall(ada, call(1e9, 1e6));
    await free.requireAnswer(ada);
    await free.requireUpload(ada);
  });
});
