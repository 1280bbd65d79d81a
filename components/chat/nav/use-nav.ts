"use client";

import { useState } from "react";
import { useLocalStorage } from "@/components/ui/use-local-storage";
import { useMediaQuery } from "@/components/ui/use-media-query";

const KEY = "sidetrace.nav";

/** Where the list of conversations is: beside the chat, hidden, or in a drawer over it. */
export function useNav(debugOpen: boolean) {
  const [stored, store] = useLocalStorage(KEY);
  const [drawer, setDrawer] = useState(false);
  const narrow = useMediaQuery("(width < 60rem)", false);
  const medium = useMediaQuery("(width < 80rem)", false);
  // With the debug panel open there is room for the list on wide screens only.
  const noRoom = narrow || (medium && debugOpen);
  return {
    hidden: noRoom || stored === "hidden",
    drawer: drawer && noRoom,
    show: () => (noRoom ? setDrawer(true) : store("shown")),
    hide: () => (noRoom ? setDrawer(false) : store("hidden")),
  };
}
