import type { $ZodConfig } from "zod/v4/core";

declare global {
  /** Where zod has its settings, whenever it is loaded. */
  var __zod_globalConfig: $ZodConfig | undefined;
}

// Runs before any other module of a page. The policy forbids to make code of text; zod would try, and each try is
// reported as a violation. Its own way of setting this would load it with every page.
globalThis.__zod_globalConfig = { jitless: true };
