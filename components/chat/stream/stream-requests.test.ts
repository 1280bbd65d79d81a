import { expect, it } from "vitest";
import { toFailure } from "./stream-requests";

const refusal = (status: number, error: object) => Response.json({ error }, { status });
const issues = (path: string) => [{ path, message: "used up" }];

it("a question that goes over a limit names the limit, one that comes too fast does not", async () => {
  const error = { code: "rate_limited", message: "used up" };
  expect(await toFailure(refusal(429, { ...error, issues: issues("tokens_per_day") }))).toEqual({
    ...error,
    limit: "tokens_per_day",
  });
  expect(await toFailure(refusal(429, { ...error, issues: [] }))).toEqual(error);
  expect(await toFailure(refusal(429, { ...error, issues: issues("a later limit") }))).toEqual(error);
});

it("a broken answer is a fault of the server", async () => {
  expect(await toFailure(new Response("<html>", { status: 502 }))).toEqual({
    code: "unavailable",
    message: "",
  });
});
