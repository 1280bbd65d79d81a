import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Generation } from "@/lib/domain/run-record";
import { buildCurl, shellQuote } from "./curl";
import { isMasked } from "./model-call";
import { sampleRecord } from "./run-record.fixture";

const [, answer] = sampleRecord().generations;
if (!answer) throw new Error("the sample has an answer");

/** A real shell that reads a script, as pasting does; an argument could not be that long. */
function bash(script: string, env: Record<string, string> = {}): string {
  const input = `${script}\n`;
  const clean = { ...process.env, OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined };
  return execFileSync("bash", ["--norc", "-s"], { input, env: { ...clean, ...env }, encoding: "utf8" });
}

/** Runs the command with a `curl` that says what it was called with. */
function callOf(generation: Pick<Generation, "model" | "parameters" | "messages">) {
  const stub = `curl() { local a; for a in "$@"; do printf '%s\\0' "$a"; [ "$a" = @- ] && cat; done; true; }`;
  const words = bash(`${stub}\n${buildCurl(generation)}`, {
    OPENAI_API_KEY: "k-1",
    OPENAI_BASE_URL: "http://m/v1",
  });
  return words.split("\0");
}

describe("shellQuote", () => {
  it("means exactly its text to a real shell", () => {
    const word = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0") && text.isWellFormed());
    const tricky = fc.string({
      unit: fc.constantFrom("'", '"', "$", "`", "\\", "\n", "!", "*", " ", "a", "•", "密"),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(word, tricky), { minLength: 1, maxLength: 20 }), (words) => {
        expect(bash(`printf '%s\\0' ${words.map(shellQuote).join(" ")}`)).toBe(`${words.join("\0")}\0`);
      }),
      { numRuns: 40 },
    );
  });

  it("leaves out what no word can hold", () => {
    expect(shellQuote("a\0b")).toBe("'ab'");
  });
});

describe("buildCurl", () => {
  it("calls the configured model with the messages as they were sent", () => {
    const words = callOf(answer);
    expect(words).toContain("http://m/v1/chat/completions");
    expect(words).toContain("Authorization: Bearer k-1");
    const body = JSON.parse(words.at(-2) ?? "");
    expect(body).toMatchObject({ model: "gpt-4o", temperature: 0.2 });
    expect(body.messages).toEqual(answer.messages.map(({ role, content }) => ({ role, content })));
  });

  it("calls it with any text in the messages, also with more than fits into one argument", () => {
    const content = `it's "$(rm)" \`x\` \\ 密钥\n${"long ".repeat(40_000)}`;
    const long = { ...answer, messages: [{ role: "user" as const, content, tokens: 1, parts: [] }] };
    expect(JSON.parse(callOf(long).at(-1) ?? "").messages).toEqual([{ role: "user", content }]);
  });

  it("holds the names of the secrets only, and goes to OpenAI when no address is set", () => {
    const stub = `curl() { printf '%s\\n' "$2"; }`;
    expect(bash(`${stub}\n${buildCurl(answer)}`)).toBe("https://api.openai.com/v1/chat/completions\n");
    expect(buildCurl(answer)).toContain("Bearer $OPENAI_API_KEY");
  });

  it("knows when something in it is masked", () => {
    const masked = { role: "user" as const, content: "my key is •••", tokens: 1, parts: [] };
    expect([isMasked(answer), isMasked({ ...answer, messages: [masked] })]).toEqual([false, true]);
  });
});
