// Builds the app unless the build is of these very sources.
import { spawn } from "node:child_process";
import { markCommit } from "./build-commit.mjs";
import { isBuilt, markBuilt } from "./build-stamp.mjs";
import { hintFirstLoad } from "./compile-hints.mjs";

if (!isBuilt()) {
  console.log("Building the app (once, and after changes) …");
  const status = await build();
  if (status !== 0) {
    console.error("The build failed; what it printed says why.");
    process.exit(1);
  }
  hintFirstLoad();
  markBuilt();
}
markCommit();

/** Resolves with the exit code; who stops this process stops the build as well. */
function build() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    stdio: "inherit",
    env,
  });
  const stop = () => {
    child.kill("SIGTERM");
    process.exit(1);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
  return new Promise((resolve) => {
    child.once("exit", (code) => {
      for (const signal of ["SIGTERM", "SIGINT"]) process.off(signal, stop);
      resolve(code ?? 1);
    });
  });
}
