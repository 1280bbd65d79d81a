"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import type { $ZodConfig } from "zod/v4/core";
import type { Language } from "./nav/language-name";
import { LanguagesContext } from "./nav/languages-context";

declare global {
  /** Where zod has its settings, whenever it is loaded. */
  var __zod_globalConfig: $ZodConfig | undefined;
}

// The policy forbids to make code of text; zod would try, and each try is reported as a violation. The page begins
// without zod, so its own way of setting this would come too late or too soon.
if (typeof window !== "undefined") {
  globalThis.__zod_globalConfig = Object.assign(globalThis.__zod_globalConfig ?? {}, { jitless: true });
}

interface AppProvidersProps {
  /** Lets the theme's inline script through the content security policy. */
  nonce: string;
  /** The languages that the page can be in. */
  languages: readonly Language[];
  children: ReactNode;
}

export function AppProviders({ nonce, languages, children }: AppProvidersProps) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
      <NuqsAdapter>
        <LanguagesContext value={languages}>{children}</LanguagesContext>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
