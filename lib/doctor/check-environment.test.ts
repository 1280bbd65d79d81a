import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingNames } from "@/lib/env";
import { missingSettings } from "@/lib/self-hosting/langfuse-settings";
import { checkEnvironment, composeVariables } from "./check-environment";

const compose = composeVariables(readFileSync("docker-compose.langfuse.yml", "utf8"));
const known = [...settingNames, ...compose];
const examine = (file: string[], environment: string[] = []) =>
  checkEnvironment({ file, environment: [...file, ...environment], known });

describe("the doctor at the settings", () => {
  it("knows every setting, and every variable of the Compose file", () => {
    expect(examine(known)).toMatchObject([{ state: "ok" }]);
    expect(compose).toContain("LANGFUSE_MIGRATION_V4_WRITE_MODE");
    const made = Object.keys(missingSettings({}, "full", (bytes) => "0".repeat(bytes * 2)));
    expect(examine(made)).toMatchObject([{ state: "ok" }]);
  });

  it.each([
    ["LANGFUSE_HOTS", "LANGFUSE_HOST"],
    ["LANGFUSE_PUBLICKEY", "LANGFUSE_PUBLIC_KEY"],
    ["OPENAI_APIKEY", "OPENAI_API_KEY"],
    ["REDIS_URI", "REDIS_URL"],
  ])("takes %s for %s", (name, meant) => {
    expect(examine([name])).toMatchObject([{ state: "warn", todo: `rename it to ${meant}` }]);
  });

  it("tells settings of Langfuse that Sidetrace does not read, wherever they are given", () => {
    expect(examine([], ["LANGFUSE_TRACING_ENABLED"])).toMatchObject([
      { state: "warn", message: "LANGFUSE_TRACING_ENABLED is not a setting of Sidetrace" },
    ]);
  });

  it("lets the rest of the environment and settings of others be", () => {
    expect(examine(["OTEL_SERVICE_NAME"], ["PATH", "HOSTNAME", "REDIS_URI", "PWD"])).toMatchObject([
      { state: "ok" },
    ]);
  });
});
