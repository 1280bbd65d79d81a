import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseSettings } from "@/lib/env";
import { addToEnvText, parseEnvText } from "./env-file";
import { initLangfuse } from "./init-langfuse";
import { missingSettings, type Profile } from "./langfuse-settings";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidetrace-init-"));
  path = join(folder, ".env");
});
afterEach(() => rm(folder, { recursive: true }));

let count = 0;
/** Never the same digits twice. */
const random = (bytes: number) => (count++).toString(16).padStart(bytes * 2, "0");
const init = (profile: Profile = "full", write = true) => initLangfuse(path, profile, { random, write });
const read = () => readFile(path, "utf8");
const mode = async () => ((await stat(path)).mode & 0o777).toString(8);

describe("npm run langfuse:init", () => {
  it("makes a file for its owner alone, with which Sidetrace and Langfuse have the same keys", async () => {
    await init();
    expect(await mode()).toBe("600");
    const settings = parseSettings(parseEnvText(await read()));
    expect(settings.LANGFUSE_ENABLED).toBe(true);
    expect(settings.LANGFUSE_PUBLIC_KEY).toMatch(/^pk-lf-[0-9a-f]{32}$/);
    expect(settings.LANGFUSE_SECRET_KEY).toMatch(/^sk-lf-[0-9a-f]{32}$/);
  });

  it("gives Sidetrace the Redis of the profile full, and the tokens without which its roles would be off", async () => {
    await init("full");
    const { REDIS_URL, DEBUG_TOKEN, ADMIN_TOKEN, SIDETRACE_REDIS_PASSWORD } = parseEnvText(await read());
    expect(REDIS_URL).toBe(`redis://:${SIDETRACE_REDIS_PASSWORD}@127.0.0.1:6379`);
    expect(new Set([DEBUG_TOKEN, ADMIN_TOKEN]).size).toBe(2);
  });

  it("leaves Redis and the roles as they are for the profile simplified", async () => {
    await init("simplified");
    expect(parseEnvText(await read())).not.toHaveProperty("REDIS_URL");
    expect(parseEnvText(await read())).not.toHaveProperty("DEBUG_TOKEN");
  });

  it("changes nothing when it is called again, but takes the file from others", async () => {
    await init();
    const first = await read();
    await writeFile(path, first, { mode: 0o644 });
    expect((await init()).made).toEqual({});
    expect(await read()).toBe(first);
    expect(await mode()).toBe("600");
  });

  it("makes no value twice", async () => {
    const { made } = await init();
    const { LANGFUSE_ENABLED: _, REDIS_URL: __, ...secrets } = made;
    expect(new Set(Object.values(secrets)).size).toBe(Object.keys(secrets).length);
  });

  it("writes nothing when it shall only print", async () => {
    expect(Object.keys((await init("full", false)).made)).toContain("LANGFUSE_SALT");
    expect(await readdir(folder)).toEqual([]);
  });

  it("keeps the link when the file is one", async () => {
    const target = join(folder, "shared.env");
    await writeFile(target, "PORT=3200\n");
    await symlink(target, path);
    await init();
    expect(await readFile(target, "utf8")).toMatch(/^PORT=3200\n\n#[\s\S]*LANGFUSE_SALT=/);
  });

  it("leaves no draft beside a file that cannot be written", async () => {
    await rm(folder, { recursive: true });
    await expect(init()).rejects.toThrow();
    folder = await mkdtemp(join(tmpdir(), "sidetrace-init-"));
    path = join(folder, ".env");
    await writeFile(path, "LANGFUSE_ENCRYPTION_KEY=short\n");
    await expect(init()).rejects.toThrow("LANGFUSE_ENCRYPTION_KEY must be 64 hexadecimal digits");
    expect(await readdir(folder)).toEqual([".env"]);
    expect(await read()).toBe("LANGFUSE_ENCRYPTION_KEY=short\n");
  });

  it("says what keeps the settings from working together", async () => {
    await writeFile(
      path,
      "LANGFUSE_ENABLED=false\nREDIS_URL=redis://redis.example\nLANGFUSE_HOST=https://eu.example\n",
    );
    const { hints } = await init();
    expect(hints.map((hint) => hint.split(" ")[0])).toEqual([
      "LANGFUSE_ENABLED",
      "LANGFUSE_HOST",
      "REDIS_URL",
    ]);
  });
});

describe("a text of settings", () => {
  const value = fc.stringMatching(/^[\w.~-]{1,20}$/);
  const name = fc.constantFrom("LANGFUSE_SALT", "LANGFUSE_S3_PASSWORD", "PORT", "OTHER", "DEBUG_TOKEN");
  const line = fc.oneof(
    fc.tuple(name, value).map((pair) => pair.join("=")),
    name.map((empty) => `${empty}=`),
    fc.constantFrom("# a comment", "", "#PORT=3100"),
  );

  it("keeps every value that it has, and has all that is needed afterwards", () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom<Profile>("full", "simplified"),
        (lines, profile) => {
          const text = lines.join("\n");
          const before = parseEnvText(text);
          fc.pre((before.LANGFUSE_S3_PASSWORD ?? "longenough").length >= 8 || !before.LANGFUSE_S3_PASSWORD);
          const made = missingSettings(before, profile, random);
          const after = parseEnvText(addToEnvText(text, made, "made"));
          for (const [key, was] of Object.entries(before)) if (was) expect(after[key]).toBe(was);
          expect(missingSettings(after, profile, random)).toEqual({});
        },
      ),
    );
  });
});
