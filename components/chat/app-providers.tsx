"use client";

import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { TooltipProvider } from "@/components/ui/tooltip";

interface AppProvidersProps {
  /** Lets the theme's inline script through the content security policy. */
  nonce: string;
  children: ReactNode;
}

export function AppProviders({ nonce, children }: AppProvidersProps) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" disableTransitionOnChange nonce={nonce}>
      <NuqsAdapter>
        <TooltipProvider delayDuration={400} skipDelayDuration={200}>
          {children}
        </TooltipProvider>
      </NuqsAdapter>
    </ThemeProvider>
  );
}
