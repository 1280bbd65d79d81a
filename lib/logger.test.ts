import { afterEach, describe, expect, it } from "vitest";
import { createLogger } from "./logger";
import { setRedaction } from "./security/redaction-slot";

const SECRET = "sk-proj-abcdefghijklmnop1234";
afterEach(() => setRedaction({ patterns: [], content: true }));

function logged(write: (log: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  write(createLogger("debug", { write: (line) => lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  it("masks what an error says, and its causes, wherever it is bound", () => {
    const cause = new Error(`key ${SECRET} refused`);
    const error = new Error(`call with ${SECRET} failed`, { cause });
    const text = logged((log) => {
      log.error({ err: error, error: String(error), list: [{ deep: SECRET }] }, `message ${SECRET}`);
      log.warn(error);
      log.child({ bound: SECRET }).info("child");
    });
    expect(text.match(/failed/g)?.length).toBeGreaterThan(2);
    expect(text).toContain("refused");
    expect(text).not.toContain(SECRET);
  });

  it("keeps ids, times and numbers as they are, one JSON object a line", () => {
    const request_id = "01900000-0000-7000-8000-000000000001";
    const text = logged((log) => log.info({ request_id, duration_ms: 4111111111111111 }, "chat"));
    expect(JSON.parse(text)).toMatchObject({
      level: "info",
      request_id,
      duration_ms: 4111111111111111,
      msg: "chat",
    });
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("has no word of an error where contents are not kept, but codes and its own message", () => {
    setRedaction({ patterns: [], content: false });
    const text = logged((log) =>
      log.warn(
        { err: new Error("bad prompt: violet", { cause: new Error("umbrella") }), reason: "ECONNREFUSED" },
        "chat",
      ),
    );
    expect(text).not.toMatch(/violet|umbrella/);
    expect(JSON.parse(text)).toMatchObject({ reason: "ECONNREFUSED", msg: "chat" });
  });
});
