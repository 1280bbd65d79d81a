import type { TurnModel } from "../answer/build-turns";

/**
 * The turns of now, each that is as it was before being the very object it was: it need not be drawn again
 * while another one is being written.
 */
export function keepTurns(before: readonly TurnModel[], now: readonly TurnModel[]): readonly TurnModel[] {
  return now.map((turn, index) => {
    const old = before[index];
    return old && isSame(old, turn) ? old : turn;
  });
}

function isSame(old: TurnModel, turn: TurnModel): boolean {
  if (old.question !== turn.question || old.active !== turn.active) return false;
  const { versions } = turn;
  return (
    old.versions.length === versions.length && old.versions.every((version, i) => version === versions[i])
  );
}
