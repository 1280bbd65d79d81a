import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSettings, settingNames } from "./env";

describe("settings", () => {
  it.each([
    { file: "README.md", without: /^AWS_/ },
    // Second names of settings that are there.
    { file: ".env.example", without: /^(AWS_DEFAULT_REGION|SESSION_SECRET|LANGFUSE_BASE_URL)$/ },
    { file: "docs/en/settings.md", without: null },
    { file: "docs/zh/settings.md", without: null },
  ])("are all explained in $file", ({ file, without }) => {
    const text = readFileSync(file, "utf8");
    const missing = settingNames.filter((name) => !new RegExp(`\\b${name}\\b`).test(text));
    expect(missing.filter((name) => !without?.test(name))).toEqual([]);
  });

  it("have the defaults of the table", () => {
    expect(parseSettings({})).toMatchObject({
      PORT: 3100,
      HOST: "127.0.0.1",
      DATA_DIR: ".data",
      DEBUG_TTL_SECONDS: 3600,
      EXTRACT_TRIPLES: false,
      LANGFUSE_ENABLED: false,
      LANGFUSE_HOST: "http://localhost:3000",
      LANGFUSE_PUBLIC_URL: "http://localhost:3000",
      STREAM_GRACE_SECONDS: 30,
      SESSION_SECRETS: [],
      ALLOWED_HOSTS: [],
    });
  });

  it("take a list of names with blanks", () => {
    const { ALLOWED_HOSTS } = parseSettings({ ALLOWED_HOSTS: "chat.example.com , .team.example,*" });
    expect(ALLOWED_HOSTS).toEqual(["chat.example.com", ".team.example", "*"]);
  });

  it.each([
    ["PORT", "http"],
    ["ALLOWED_HOSTS", "https://chat.example.com"],
    ["ALLOWED_HOSTS", "chat.example.com:3100"],
    ["REDIS_URL", "localhost"],
    ["INDEX_URI", "/var/index"],
    ["INDEX_URI", "s3://"],
    ["LANGFUSE_SAMPLE_RATE", "2"],
    ["LANGFUSE_ENABLED", "maybe"],
    ["LANGFUSE_TRACING_ENVIRONMENT", "langfuse-prod"],
    ["LANGFUSE_TRACING_ENVIRONMENT", "Production"],
    ["DEBUG_COLLECT", "none"],
    ["OPENAI_BASE_URL", "not an address"],
    ["TOKENS_PER_DAY", "many"],
    ["SPEND_PER_DAY_USD", "-1"],
    ["DEBUG_CONTENT", "some"],
    ["JOB_TTL_DAYS", "0"],
    ["RERANK_BASE_URL", "not an address"],
  ])("refuse a malformed %s in one line that names it", (name, value) => {
    expect(() => parseSettings({ [name]: value })).toThrow(new RegExp(`^${name} is not valid: [^\\n]+$`));
  });

  it("refuse a reranker's address without the name of its model", () => {
    const RERANK_BASE_URL = "http://localhost:8000/v1";
    expect(() => parseSettings({ RERANK_BASE_URL })).toThrow(/^RERANK_MODEL is not valid: [^\n]+$/);
    expect(parseSettings({ RERANK_BASE_URL, RERANK_MODEL: "judge" })).toMatchObject({ RERANK_BASE_URL });
  });

  it("take an empty value for unset, but an empty token for off", () => {
    const settings = parseSettings({ REDIS_URL: " ", DEBUG_TOKEN: "" });
    expect(settings.REDIS_URL).toBeUndefined();
    expect(settings.DEBUG_TOKEN).toBe("");
  });

  it("know the aliases", () => {
    const settings = parseSettings({
      LANGFUSE_BASE_URL: "https://cloud.langfuse.com/",
      SESSION_SECRET: "a,b",
    });
    expect(settings.LANGFUSE_HOST).toBe("https://cloud.langfuse.com");
    expect(settings.SESSION_SECRETS).toEqual(["a", "b"]);
  });
});
