import { expect, it } from "vitest";
import { disabledTraceLink, givenUpReason, isGivenUp } from "./trace-link";

it("a link says whether its run is sent again", () => {
  const failed = { ...disabledTraceLink, state: "failed" as const };
  const reason = "Langfuse refused the keys (401)";
  expect(givenUpReason(reason, 30)).toBe(`${reason}; given up after 30 tries`);
  expect(isGivenUp({ ...failed, reason })).toBe(false);
  for (const tries of [1, 2])
    expect(isGivenUp({ ...failed, reason: givenUpReason(reason, tries) })).toBe(true);
  expect(isGivenUp({ ...failed, state: "exported", reason: givenUpReason(reason, 2) })).toBe(false);
});
