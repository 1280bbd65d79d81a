import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import packageJson from "@/package.json" with { type: "json" };
import { markCommit } from "@/scripts/build-commit.mjs";
import { readRelease } from "./release";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sidetrace-release-"));
  mkdirSync(join(folder, "app/.next"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function commitIn(path: string): string {
  const git = (...args: string[]) => execFileSync("git", ["-C", path, ...args], { encoding: "utf8" });
  git("init", "--quiet");
  const author = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  git(...author, "commit", "--quiet", "--allow-empty", "-m", "one");
  return git("rev-parse", "HEAD").trim();
}

describe("the release", () => {
  it("is the version and the commit that was built", () => {
    const app = join(folder, "app");
    const commit = commitIn(app);
    markCommit(app);
    expect(readRelease(app)).toBe(`${packageJson.version}+${commit.slice(0, 12)}`);
  });

  it("is the version alone where there is no git, or a foreign one, whatever an older build said", () => {
    const app = join(folder, "app");
    writeFileSync(join(app, ".next/sidetrace-commit"), "0123456789ab");
    commitIn(folder);
    markCommit(app);
    expect(readRelease(app)).toBe(packageJson.version);
    expect(readRelease(join(folder, "nowhere"))).toBe(packageJson.version);
  });
});
