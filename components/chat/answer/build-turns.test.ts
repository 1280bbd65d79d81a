import { expect, test } from "vitest";
import type { AnswerVersion, ConversationAnswer } from "@/lib/events/conversation-answer";
import { beginLiveTurn, type LiveTurn } from "../stream/live-turn";
import { EMPTY_TURN, type TurnState } from "../stream/reduce-turn";
import { buildTurns, requestIdsOf } from "./build-turns";

const version = (request_id: string, more: Partial<AnswerVersion> = {}): AnswerVersion => ({
  request_id,
  question: null,
  content: `text of ${request_id}`,
  status: "success",
  sources: [],
  feedback: null,
  stats: null,
  error: null,
  cut_short: false,
  ...more,
});
const conversation = (...versions: AnswerVersion[]): ConversationAnswer => ({
  session_id: "s",
  title: "t",
  private: false,
  messages: [
    { role: "user", message_id: "u1", content: "Why?", at: 1, after: null },
    { role: "assistant", message_id: "a1", at: 2, active: versions.length - 1, versions },
  ],
});
const ask = {
  sessionId: "s",
  message: "How?",
  kbPrefix: "auto",
  agentType: "auto" as const,
  private: false,
  known: ["r1"],
};
function live(regenerateOf: string | null, turn: Partial<TurnState>): LiveTurn {
  return {
    ...beginLiveTurn("s", { ...ask, regenerateOf, continueOf: null }, 0),
    turn: { ...EMPTY_TURN, ...turn },
  };
}

test("a question is on the page before the server has it", () => {
  const turns = buildTurns(conversation(version("r1")), live(null, {}));
  expect(turns.map((turn) => turn.question)).toEqual(["Why?", "How?"]);
  expect(turns[1]?.versions[0]?.state).toBe("running");
});

test("an answer is there once, whether the server has heard of it or not", () => {
  const reading = live(null, { requestId: "r2", text: "Be" });
  const before = buildTurns(conversation(version("r1")), reading);
  const stored = conversation(version("r1"));
  stored.messages.push(
    { role: "user", message_id: "u2", content: "How?", at: 3, after: "r1" },
    {
      role: "assistant",
      message_id: "a2",
      at: 4,
      active: 0,
      versions: [version("r2", { status: "running", content: "" })],
    },
  );
  const after = buildTurns(stored, reading);
  expect(requestIdsOf(before)).toEqual(["r1", "r2"]);
  expect(requestIdsOf(after)).toEqual(["r1", "r2"]);
  expect(after[1]?.versions[0]?.text).toBe("Be");
});

test("the server's finished answer wins over the stream's", () => {
  const reading = live(null, { requestId: "r1", text: "half of it" });
  expect(buildTurns(conversation(version("r1")), reading)[0]?.versions[0]?.text).toBe("text of r1");
});

test("a regenerated answer becomes the shown version of the same turn", () => {
  const [turn, ...others] = buildTurns(conversation(version("r1")), live("r1", { requestId: "r2" }));
  expect(others).toEqual([]);
  expect(turn?.versions.map(({ requestId }) => requestId)).toEqual(["r1", "r2"]);
  expect(turn?.active).toBe(1);
});

test("an answer that runs on the server but cannot be read here says so", () => {
  const [turn] = buildTurns(conversation(version("r1", { status: "running" })), null);
  expect(turn?.versions[0]?.error?.code).toBe("lost");
});

test("Retry regenerates what the server knows and asks again what it does not", () => {
  const failed = live(null, {
    requestId: "r2",
    finishReason: "error",
    error: { code: "model_timeout", message: "", retryable: true },
  });
  expect(buildTurns(null, failed)[0]?.versions[0]?.error?.retry).toBe("regenerate");
  const refused: LiveTurn = { ...live(null, {}), link: "closed", failure: { code: "network", message: "" } };
  expect(buildTurns(null, refused)[0]?.versions[0]?.error?.retry).toBe("ask");
});

test("a question of which nobody knows whether it arrived is there once when its answer is", () => {
  const failed: LiveTurn = { ...live(null, {}), link: "closed", failure: { code: "network", message: "" } };
  const stored = conversation(version("r1"));
  expect(buildTurns(stored, failed).map((turn) => turn.question)).toEqual(["Why?", "How?"]);
  stored.messages.push(
    { role: "user", message_id: "u2", content: "How?", at: 3, after: "r1" },
    { role: "assistant", message_id: "a2", at: 4, active: 0, versions: [version("r2")] },
  );
  expect(requestIdsOf(buildTurns(stored, failed))).toEqual(["r1", "r2"]);
  expect(buildTurns(stored, failed)).toHaveLength(2);
  const another = { ...failed, ask: { ...ask, regenerateOf: null, continueOf: null, message: "Who?" } };
  expect(buildTurns(stored, another).map((turn) => turn.question)).toEqual(["Why?", "How?", "Who?"]);
});
