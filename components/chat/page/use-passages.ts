"use client";

import { useState } from "react";

interface ChosenPassage {
  requestId: string;
  passageId: string;
}

/**
 * The passage that is pointed at, in the chat or in the debug panel: the hovered one, else the one chosen
 * last for the answer that is inspected.
 */
export function usePassages(inspectedId: string | null) {
  const [hovered, setHovered] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ChosenPassage | null>(null);
  const held = chosen !== null && chosen.requestId === inspectedId ? chosen.passageId : null;
  return { highlighted: hovered ?? held, selected: held, hover: setHovered, choose: setChosen };
}
