import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding } from "./finding";
import { formatFinding } from "./format-finding";

const sources = [
  ...readdirSync("lib/doctor")
    .filter((name) => name.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(name))
    .map((name) => `lib/doctor/${name}`),
  "lib/observability/failure-reason.ts",
]
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");

/** Lines of the doctor in a page's table, as mark, title and message. */
function linesOf(page: string) {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/\| ([✗!]) ([^:|]+): ([^|]+) \|/g)].map(([, mark, title, message]) => ({
    mark: mark ?? "",
    title: title ?? "",
    message: message ?? "",
  }));
}

const checks: Finding["check"][] = ["ports", "redis", "langfuse", "langfuse_keys", "langfuse_worker"];
const titles = [...checks, "langfuse_coverage" as const, "clickhouse" as const].map((check) =>
  formatFinding({ check, state: "ok", message: "|", todo: null }).slice(2).split("|", 1).join().trim(),
);

describe("the handbook", () => {
  it.each(["docs/en/doctor.md", "docs/zh/doctor.md"])("shows in %s lines that the doctor prints", (page) => {
    const lines = linesOf(page);
    expect(lines.length).toBeGreaterThan(10);
    for (const { title, message } of lines) {
      expect(titles).toContain(title);
      // Numbers and codes are put in when it speaks.
      for (const part of message.split(/\s*\(\w+\)|\b\d+\b/).filter((words) => words.trim().length > 3)) {
        expect(sources).toContain(part.trim());
      }
    }
  });

  it("shows the same lines in both languages", () => {
    expect(linesOf("docs/zh/doctor.md")).toEqual(linesOf("docs/en/doctor.md"));
  });
});
