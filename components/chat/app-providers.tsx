"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import type { Language } from "./nav/language-name";
import { LanguagesContext } from "./nav/languages-context";

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
