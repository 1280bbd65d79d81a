import { describe, expect, test } from "vitest";
import type { ConversationMessage } from "@/lib/events/conversation-answer";
import { runningVersion } from "@/lib/store/conversation-codec";
import { activePath, findTurnOf, questionOf, turnsBefore } from "./active-path";

type Version = [requestId: string, question?: string];

/** A turn that was asked after a version; the last of its versions is shown unless told. */
function turn(
  id: string,
  after: string | null,
  versions: Version[],
  active = versions.length - 1,
): ConversationMessage[] {
  return [
    { role: "user", message_id: `u-${id}`, content: `first ${id}`, at: 1, after },
    {
      role: "assistant",
      message_id: `a-${id}`,
      at: 2,
      active,
      versions: versions.map(([requestId, question = null]) => ({
        ...runningVersion(requestId, question),
        content: `text of ${requestId}`,
        feedback: null,
      })),
    },
  ];
}
const shown = (messages: ConversationMessage[]) =>
  activePath(messages).map(({ user }) => user.message_id.slice(2));

describe("the turns on screen", () => {
  test("are all of them where nothing was edited, and where turns say nothing of what they followed", () => {
    expect(
      shown([...turn("1", null, [["a"]]), ...turn("2", "a", [["b"]]), ...turn("3", "b", [["c"]])]),
    ).toEqual(["1", "2", "3"]);
    expect(shown([...turn("1", null, [["a"]]), ...turn("2", null, [["b"]])])).toEqual(["1", "2"]);
  });

  test("stay when the answer before them is made again", () => {
    expect(shown([...turn("1", null, [["a"], ["again"]]), ...turn("2", "a", [["b"]])])).toEqual(["1", "2"]);
  });

  test("belong to their question: another one has a branch of its own, and each comes back with its question", () => {
    const branches = (active: number) => [
      ...turn("1", null, [["a"], ["edited", "second thoughts"]], active),
      ...turn("2", "a", [["b"]]),
      ...turn("3", "b", [["c"]]),
      ...turn("4", "edited", [["d"]]),
    ];
    expect(shown(branches(0))).toEqual(["1", "2", "3"]);
    expect(shown(branches(1))).toEqual(["1", "4"]);
  });

  test("do not get lost when what they followed is not there", () => {
    expect(shown([...turn("1", null, [["a"]]), ...turn("2", "gone", [["b"]])])).toEqual(["1", "2"]);
  });
});

describe("what led to a turn", () => {
  const ledTo = (messages: ConversationMessage[], id: string) => {
    const found = findTurnOf(messages, `a-${id}`);
    return found ? turnsBefore(messages, found).map((one) => questionOf(one, one.answer.active)) : null;
  };

  test("is its own branch, whichever is on screen", () => {
    const messages = [
      ...turn("1", null, [["a"], ["edited", "second thoughts"]], 0),
      ...turn("2", "a", [["b"]]),
      ...turn("3", "edited", [["c"]]),
    ];
    expect(ledTo(messages, "2")).toEqual(["first 1"]);
    expect(ledTo(messages, "3")).toEqual(["second thoughts"]);
    expect(ledTo(messages, "1")).toEqual([]);
    expect(ledTo(messages, "unknown")).toBeNull();
  });

  test("ends, also in a conversation whose turns follow each other in a circle", () => {
    const messages = [...turn("1", "b", [["a"]]), ...turn("2", "a", [["b"]])];
    expect(ledTo(messages, "2")).toHaveLength(2);
  });
});
