import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Generation, PromptMessage } from "@/lib/domain/run-record";
import { sampleRecord } from "@/lib/run-view/run-record.fixture";
import { buildPromptView, chooseGeneration, type MessageView } from "./build-prompt-view";

const record = sampleRecord();
const answer = chooseGeneration(record.generations, null);
if (!answer) throw new Error("the sample has an answer");

const textOf = (pieces: MessageView["pieces"]): string =>
  pieces.map((piece) => ("blocks" in piece ? textOf(piece.blocks) : piece.text)).join("");

function asGeneration(messages: PromptMessage[]): Generation {
  return { ...(answer as Generation), messages, usage: null };
}

/** Any text cut into parts of any origin, with or without passages. */
const anyMessage = fc
  .array(
    fc.record({
      text: fc.string({ unit: "grapheme", maxLength: 400 }),
      origin: fc.constantFrom("system", "memory", "context", "question"),
      passage_id: fc.option(fc.constantFrom("a", "b", "c")),
      tokens: fc.nat(500),
    }),
    { maxLength: 9 },
  )
  .map((pieces): PromptMessage => {
    let at = 0;
    const parts = pieces.map(({ text, ...part }) => {
      const start = at;
      at += text.length;
      return { ...part, start, end: at };
    });
    const content = pieces.map(({ text }) => text).join("");
    return { role: "user", content, tokens: pieces.reduce((sum, { tokens }) => sum + tokens, 0), parts };
  });

describe("buildPromptView", () => {
  it("shows every character of every message exactly once", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 4 }), (messages) => {
        const view = buildPromptView(asGeneration(messages), record.context);
        expect(view.messages.map(({ pieces }) => textOf(pieces))).toEqual(
          messages.map(({ content }) => content),
        );
      }),
    );
  });

  it("shows a message whole whose parts were not kept", () => {
    const message = { role: "system", content: "Be brief.", tokens: 3, parts: [] } as const;
    const view = buildPromptView(asGeneration([{ ...message, parts: [] }]), null);
    expect(view.messages.map(({ pieces }) => textOf(pieces))).toEqual(["Be brief."]);
    expect(view.origins).toEqual([{ origin: "system", tokens: 3 }]);
  });

  it("divides the tokens by origin without losing one", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 4 }), (messages) => {
        const { segments, origins } = buildPromptView(asGeneration(messages), null);
        const parts = messages.flatMap((message) =>
          message.parts.length > 0 ? message.parts.map(({ tokens }) => tokens) : [message.tokens],
        );
        const sum = (list: readonly { tokens: number }[]) =>
          list.reduce((total, { tokens }) => total + tokens, 0);
        const total = parts.reduce((all, tokens) => all + tokens, 0);
        expect([sum(segments), sum(origins)]).toEqual([total, total]);
      }),
    );
  });

  it("numbers the passages as the answer cites them and folds all but the first two", () => {
    const pieces = buildPromptView(answer, record.context).messages.at(-1)?.pieces ?? [];
    const shown = pieces.map((piece) => ("blocks" in piece ? [piece.first, piece.last] : piece.n));
    expect(shown).toEqual([null, 1, 2, [3, 8], null, null]);
  });

  it("takes the model's own count of the prompt where it gave one", () => {
    expect(buildPromptView(answer, record.context).promptTokens).toBe(1800);
    expect(buildPromptView({ ...answer, usage: null }, record.context).promptTokens).toBe(1603);
  });
});

describe("chooseGeneration", () => {
  it("is the one of the span in the address, else the answer", () => {
    const [route] = record.generations;
    expect(chooseGeneration(record.generations, route?.span_id ?? null)?.purpose).toBe("route");
    expect(chooseGeneration(record.generations, "ffffffffffffffff")?.purpose).toBe("answer");
    expect(chooseGeneration([], null)).toBeUndefined();
  });
});
