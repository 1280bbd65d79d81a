import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes down which commit is built, for the release that traces carry; nothing where git does not know. */
export function markCommit(folder = process.cwd()) {
  const file = join(folder, ".next/sidetrace-commit");
  const commit = askGit(folder);
  if (commit === null) rmSync(file, { force: true });
  else writeFileSync(file, commit);
}

/** Null without git, and where the folder is not the top of its repository: that commit is somebody else's. */
function askGit(folder) {
  const question = ["-c", "safe.directory=*", "rev-parse", "--show-prefix", "--short=12", "HEAD"];
  const { status, stdout } = spawnSync("git", question, { cwd: folder, encoding: "utf8" });
  const [prefix, commit] = status === 0 ? stdout.split("\n") : [null, null];
  return prefix === "" && commit ? commit : null;
}
