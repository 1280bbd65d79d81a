import { expect, test } from "vitest";
import { unifyRadicals } from "./unify-radicals";

test("radicals become the ideographs that they look like, everything else stays", () => {
  expect(unifyRadicals("第⼆⻚：⽤⼿按住⻩⾊的⻔，⻢ ｆｕｌｌ ①")).toBe(
    "第二页：用手按住黄色的门，马 ｆｕｌｌ ①",
  );
});
