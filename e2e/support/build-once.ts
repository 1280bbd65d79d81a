import { spawnSync } from "node:child_process";

/** Builds the app once before the suite, unless the build is of these very sources. */
export default function buildOnce(): void {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  if (status !== 0) throw new Error("the build failed");
}
