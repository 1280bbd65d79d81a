import { createClient } from "./support/ask";
import { expect, test } from "./support/fixtures";

const QUESTION = "How long is debug data kept, says zanzibar?";

test("an administrator's monitoring reads counts and times, without a word of what was asked", async ({
  app,
}) => {
  const asking = createClient(app.url, "user");
  const monitoring = createClient(app.url, "admin");
  const read = async () => {
    const response = await monitoring.fetch("/api/metrics");
    expect(response.headers.get("content-type")).toContain("text/plain");
    return response.text();
  };
  const answered = (text: string) => {
    const [, count] = /^sidetrace_requests_total\{status="success",error=""\} (\d+)$/m.exec(text) ?? [];
    return Number(count ?? 0);
  };
  const before = answered(await read());
  await asking.answer({ message: QUESTION });
  const text = await read();
  expect(answered(text)).toBe(before + 1);
  expect(text).toMatch(/^sidetrace_time_to_first_token_seconds_count [1-9]/m);
  expect(text).toMatch(/^sidetrace_passages [1-9]/m);
  expect(text).not.toContain("zanzibar");
});

for (const role of ["user", "debug"] as const) {
  test(`metrics are refused to the role ${role}`, async ({ app }) => {
    expect((await createClient(app.url, role).fetch("/api/metrics")).status).toBe(403);
  });
}
