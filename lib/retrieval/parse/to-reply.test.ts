import { expect, test } from "vitest";
import { deepDocx } from "./hostile-files.fixture";
import { toReply } from "./to-reply";

test("what runs out of stack is nested too deeply, and nobody's fault but the file's", {
  timeout: 60_000,
}, async () => {
  const reply = await toReply({ name: "a.docx", bytes: deepDocx() });
  expect(reply).toMatchObject({ state: "refused", code: "too_complex" });
});
