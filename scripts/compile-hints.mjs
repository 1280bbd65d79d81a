import { readFileSync, writeFileSync } from "node:fs";
import { firstLoadFiles, pathOf } from "./first-load.mjs";

/** An explicit compile hint of V8; engines that do not know it read a comment. */
const HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * Chrome compiles a function when it is first called, on the thread that draws, and a page begins by calling most
 * of what it loads. Scripts with the hint are compiled beside it, while they arrive.
 */
export function hintFirstLoad() {
  for (const file of firstLoadFiles()) {
    const script = readFileSync(pathOf(file), "utf8");
    if (!script.startsWith(HINT)) writeFileSync(pathOf(file), HINT + script);
  }
}
