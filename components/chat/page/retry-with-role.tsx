"use client";

import { useEffect } from "react";
import { useMe } from "../data/use-me";

/**
 * A link on another site brings no cookie along, so its reader seems to have no role. Asked from this page
 * the browser does send it: with the role, the page is loaded once more.
 */
export function RetryWithRole() {
  const hasRole = useMe()?.roles.includes("debug") === true;
  useEffect(() => {
    if (hasRole) window.location.replace(window.location.href);
  }, [hasRole]);
  return null;
}
