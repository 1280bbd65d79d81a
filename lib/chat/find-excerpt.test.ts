import { expect, test } from "vitest";
import type { ConversationMessage } from "@/lib/events/conversation-answer";
import { findExcerpt } from "./find-excerpt";

const asked = (content: string): ConversationMessage => ({
  role: "user",
  message_id: "u",
  content,
  at: 0,
  after: null,
});

test("an excerpt is one line around the first hit, in any case, and says where it was cut", () => {
  const text = `${"before ".repeat(20)}\nThe Zeppelin\n lands ${"after ".repeat(40)}`;
  const excerpt = findExcerpt([asked("nothing"), asked(text)], "zeppelin lands");
  expect(excerpt).toMatch(/^….*The Zeppelin lands after.*…$/);
  expect(excerpt?.length).toBeLessThan(170);
  expect(findExcerpt([asked("Zeppelin")], "ZEPPELIN")).toBe("Zeppelin");
});

test("there is none where no text has it", () => {
  expect(findExcerpt([asked("balloon")], "zeppelin")).toBeNull();
});
