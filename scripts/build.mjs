// Builds the app unless the build is of these very sources.
import { spawnSync } from "node:child_process";
import { isBuilt, markBuilt } from "./build-stamp.mjs";

if (!isBuilt()) {
  console.log("Building the app (once, and after changes) …");
  const { status } = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error("The build failed; what it printed says why.");
    process.exit(1);
  }
  markBuilt();
}
