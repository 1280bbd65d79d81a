import { describe, expect, it } from "vitest";
import { parseSettings } from "./env";

describe("settings", () => {
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
