import { expect, test } from "vitest";
import { buildTurns } from "../answer/build-turns";
import { beginLiveTurn } from "../stream/live-turn";
import { EMPTY_TURN } from "../stream/reduce-turn";
import { keepTurns } from "./keep-turns";

const version = (request_id: string, content = "text") => ({
  request_id,
  question: null,
  content,
  status: "success" as const,
  sources: [],
  feedback: null,
  stats: null,
  error: null,
  cut_short: false,
});
const conversation = {
  session_id: "s",
  title: "t",
  private: false,
  messages: ["r1", "r2"].flatMap((id) => [
    { role: "user" as const, message_id: `u-${id}`, content: `Why ${id}?`, at: 1, after: null },
    { role: "assistant" as const, message_id: `a-${id}`, at: 2, active: 0, versions: [version(id)] },
  ]),
};
const ask = { sessionId: "s", message: "How?", kbPrefix: "auto", agentType: "auto" as const };
const live = (text: string) => ({
  ...beginLiveTurn("s", { ...ask, regenerateOf: null, continueOf: null, private: false, known: [] }, 0),
  turn: { ...EMPTY_TURN, requestId: "r3", text },
});

test("while an answer is written only its own turn is another object", () => {
  const before = buildTurns(conversation, live("B"));
  const now = keepTurns(before, buildTurns(conversation, live("Be")));
  expect(now.map((turn, index) => turn === before[index])).toEqual([true, true, false]);
  expect(now[2]?.versions[0]?.text).toBe("Be");
});

test("a turn whose text, version or question changed is the new one", () => {
  const before = buildTurns(conversation, null);
  const [first, second] = before;
  if (!first || !second) throw new Error("two turns");
  for (const changed of [
    { ...second, question: "What?" },
    { ...second, active: 1 },
    { ...second, versions: [...second.versions, ...first.versions] },
    { ...second, versions: [...first.versions] },
  ])
    expect(keepTurns(before, [first, changed])).toEqual([first, changed]);
});
