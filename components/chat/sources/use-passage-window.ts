"use client";

import { useState } from "react";
import { SOURCE_NEIGHBOURS } from "@/lib/domain/cited-source";
import { type PassageNeighbour, type PassageView, passageViewSchema } from "@/lib/domain/passage";
import { getJson } from "../data/api-client";

/** Passages that one more look brings. */
const STEP = 20;

interface Edges {
  earlier: readonly PassageNeighbour[];
  later: readonly PassageNeighbour[];
  /** Nothing lies beyond what is shown. */
  atStart: boolean;
  atEnd: boolean;
}

export interface PassageWindow {
  passages: readonly PassageNeighbour[];
  /** null where the document begins. */
  showEarlier: (() => void) | null;
  /** null where it ends. */
  showLater: (() => void) | null;
  failed: boolean;
}

/**
 * The part of a document around a passage, which the reader makes longer at both ends. `beforeEarlier` is called
 * just before something is put in at its beginning.
 */
export function usePassageWindow(view: PassageView, beforeEarlier: () => void): PassageWindow {
  const [edges, setEdges] = useState<Edges>({
    earlier: [],
    later: [],
    atStart: view.before.length < SOURCE_NEIGHBOURS,
    atEnd: view.after.length < SOURCE_NEIGHBOURS,
  });
  const [failed, setFailed] = useState(false);
  const { passage_id, heading, text, page } = view;
  const passages = [
    ...edges.earlier,
    ...view.before,
    { passage_id, heading, text, page },
    ...view.after,
    ...edges.later,
  ];
  const extend = async (edge: PassageNeighbour | undefined, add: (found: PassageView) => Partial<Edges>) => {
    if (!edge) return;
    setFailed(false);
    const path = `/api/passages/${encodeURIComponent(edge.passage_id)}?neighbours=${STEP}`;
    const found = await getJson(path, passageViewSchema).catch(() => null);
    if (!found) return setFailed(true);
    const added = add(found);
    setEdges((known) => ({ ...known, ...added }));
  };
  const showEarlier = () =>
    void extend(passages.at(0), ({ before }) => {
      beforeEarlier();
      return { earlier: [...before, ...edges.earlier], atStart: before.length < STEP };
    });
  const showLater = () =>
    void extend(passages.at(-1), ({ after }) => ({
      later: [...edges.later, ...after],
      atEnd: after.length < STEP,
    }));
  return {
    passages,
    showEarlier: edges.atStart ? null : showEarlier,
    showLater: edges.atEnd ? null : showLater,
    failed,
  };
}
