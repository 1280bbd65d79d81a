import { expect, test } from "vitest";
import { spaceHanLatin } from "./space-han-latin";

test("Chinese and Latin get one space between them, at each change and only there", () => {
  expect(spaceHanLatin("已路由到Product docs")).toBe("已路由到 Product docs");
  expect(spaceHanLatin("采用14条片段")).toBe("采用 14 条片段");
  expect(spaceHanLatin("已路由到产品文档，用时 3 s")).toBe("已路由到产品文档，用时 3 s");
  expect(spaceHanLatin("Routed to HR")).toBe("Routed to HR");
});
