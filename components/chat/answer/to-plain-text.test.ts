import { expect, test } from "vitest";
import { toPlainText } from "./to-plain-text";

test("a table is its rows, without rule and bars", () => {
  expect(toPlainText("| route | purpose |\n|---|:--|\n| `GET /api` | **list** |")).toBe(
    "route · purpose\nGET /api · list",
  );
});

test("marks go, words stay", () => {
  expect(toPlainText("## Keys\nSee [the guide](/g) and `last_used_at`.")).toBe(
    "Keys\nSee the guide and last_used_at.",
  );
  expect(toPlainText("```bash\nls -a | wc\n```")).toBe("ls -a | wc");
});

test("plain text is left as it is", () => {
  const text = "2 * 3 - 1 = 5; a_b_c stays, and so does [1].\n- an item";
  expect(toPlainText(text)).toBe(text);
});
