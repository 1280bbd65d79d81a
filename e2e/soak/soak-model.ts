import type { ModelRequest, ModelScript } from "../support/model-server";

/** What the model does with one question. */
export type ModelFault = "none" | "refuse" | "stall" | "cut" | "garble" | "empty";

const PIECES = 40;
const PAUSE_MS = 20;
const STALL = new Promise<void>(() => {});
const TAG = /soak:(\w+):([\w-]+)/;

/** A question that tells the scripted model how to answer it; `key` makes its answer unlike all others. */
export function soakQuestion(fault: ModelFault, key: string): string {
  return `How long is debug data kept? (soak:${fault}:${key})`;
}

/** What a good answer to the question with this key says. */
export function soakAnswer(key: string): string {
  return piecesOf(key).join("");
}

function piecesOf(key: string): string[] {
  return Array.from({ length: PIECES }, (_, n) => `${key}.${n} `);
}

/** Does what the question says; calls that are no answers get an empty object. */
export function soakScript({ messages }: ModelRequest): ModelScript {
  const [, fault = "none", key = ""] = TAG.exec(messages.at(-1)?.content ?? "") ?? [];
  const script = { pieces: piecesOf(key), pauseMs: PAUSE_MS };
  switch (fault) {
    case "refuse":
      return { status: 503 };
    case "stall":
      return { ...script, holdAt: { index: 5, until: STALL } };
    case "cut":
      return { ...script, cutAfter: 5 };
    case "garble":
      return { ...script, garbleAfter: 5 };
    case "empty":
      return { pieces: [] };
    default:
      return script;
  }
}
