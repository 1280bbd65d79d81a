"use client";

import { useState } from "react";
import type { TurnModel } from "../answer/build-turns";
import { keepTurns } from "./keep-turns";

/** `keepTurns` from one render to the next. */
export function useKeptTurns(turns: readonly TurnModel[]): readonly TurnModel[] {
  const [memory] = useState<{ turns: readonly TurnModel[] }>(() => ({ turns: [] }));
  memory.turns = keepTurns(memory.turns, turns);
  return memory.turns;
}
