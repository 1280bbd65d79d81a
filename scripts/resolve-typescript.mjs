import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

// Lets Node run the project's own TypeScript: "@/" is the project, and imports carry no file extension.
const root = new URL("../", import.meta.url);

registerHooks({
  resolve(specifier, context, nextResolve) {
    const url = projectUrl(specifier, context.parentURL);
    const source = url && new URL(`${url.href}.ts`);
    if (source && existsSync(fileURLToPath(source))) return nextResolve(source.href, context);
    return nextResolve(specifier.startsWith("@/") ? url.href : specifier, context);
  },
});

function projectUrl(specifier, parentUrl) {
  if (specifier.startsWith("@/")) return new URL(specifier.slice(2), root);
  const isRelative = /^\.\.?\//.test(specifier);
  return isRelative && parentUrl?.startsWith("file:") ? new URL(specifier, parentUrl) : null;
}
