import fc from "fast-check";
import { expect, test } from "vitest";
import { RETRIEVER_AGENTS } from "@/lib/domain/agent-names";
import type { ChatFrame, Source } from "@/lib/events/chat-frame";
import type { NumberedFrame } from "@/lib/events/sse";
import { EMPTY_TURN, reduceTurn, type TurnState } from "./reduce-turn";

const agent = fc.constantFrom(...RETRIEVER_AGENTS);
const count = fc.option(fc.nat(50));
const anyFrame = fc.oneof(
  fc.record({
    status: fc.constant("start" as const),
    request_id: fc.uuid(),
    session_id: fc.uuid(),
    message_id: fc.uuid(),
  }),
  fc.record({
    status: fc.constant("progress" as const),
    content: fc.record({
      stage: fc.constantFrom("routing" as const, "retrieval" as const, "generation" as const),
      completed: count,
      total: count,
      agent_type: fc.option(agent),
      retrieval_count: count,
      error: fc.option(fc.string()),
      kb_prefix: fc.option(fc.string()),
    }),
  }),
  fc.record({ status: fc.constant("sources" as const), content: fc.constant<Source[]>([]) }),
  fc.record({ status: fc.constant("token" as const), content: fc.string() }),
  fc.record({
    status: fc.constant("error" as const),
    code: fc.constant("internal" as const),
    message: fc.string(),
    retryable: fc.boolean(),
  }),
  fc.record({
    status: fc.constant("done" as const),
    request_id: fc.uuid(),
    finish_reason: fc.constantFrom("stop" as const, "length" as const, "aborted" as const, "error" as const),
    usage: fc.constant(null),
  }),
);
const anyStream = fc
  .array(anyFrame, { maxLength: 30 })
  .map((frames) => frames.map((frame: ChatFrame, index) => ({ id: index + 1, frame })));

const fold = (frames: readonly NumberedFrame[], from: TurnState = EMPTY_TURN) =>
  frames.reduce(reduceTurn, from);

test("a reader that comes back with frames it has seen ends in the same state", () => {
  fc.assert(
    fc.property(anyStream, fc.nat(), fc.nat(), (frames, cut, overlap) => {
      const at = frames.length === 0 ? 0 : cut % (frames.length + 1);
      const back = Math.max(0, at - (overlap % 5));
      expect(fold(frames.slice(back), fold(frames.slice(0, at)))).toEqual(fold(frames));
    }),
  );
});

test("the text is the tokens before the first done, in order", () => {
  fc.assert(
    fc.property(anyStream, (frames) => {
      const end = frames.findIndex(({ frame }) => frame.status === "done");
      const seen = end === -1 ? frames : frames.slice(0, end);
      const text = seen.map(({ frame }) => (frame.status === "token" ? frame.content : "")).join("");
      expect(fold(frames).text).toBe(text);
    }),
  );
});

test("each retriever is reported once, with its latest word", () => {
  fc.assert(
    fc.property(anyStream, (frames) => {
      const { agents } = fold(frames);
      expect(new Set(agents.map((report) => report.agent)).size).toBe(agents.length);
    }),
  );
});

test("nothing after done changes anything", () => {
  fc.assert(
    fc.property(anyStream, anyFrame, (frames, late) => {
      const done: NumberedFrame = {
        id: frames.length + 1,
        frame: { status: "done", request_id: "r", finish_reason: "stop", usage: null },
      };
      const ended = fold([...frames, done]);
      expect(reduceTurn(ended, { id: frames.length + 2, frame: late })).toBe(ended);
    }),
  );
});
