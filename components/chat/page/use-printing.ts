"use client";

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useMediaQuery } from "@/components/ui/use-media-query";

/** Whether the page is being printed, or has been: everything of it is drawn before it goes on paper. */
export function usePrinting(): boolean {
  const [printed, setPrinted] = useState(false);
  const asPrinted = useMediaQuery("print", false);
  useEffect(() => {
    const draw = () => flushSync(() => setPrinted(true));
    window.addEventListener("beforeprint", draw);
    return () => window.removeEventListener("beforeprint", draw);
  }, []);
  return printed || asPrinted;
}
