import { expect, test } from "vitest";
import { formatBytes } from "./format-bytes";

test.each([
  [0, "0 B"],
  [640, "640 B"],
  [1024, "1.0 kB"],
  [12_500, "12 kB"],
  [3.4 * 1024 ** 2, "3.4 MB"],
  [20 * 1024 ** 2, "20 MB"],
  [5 * 1024 ** 4, "5120 GB"],
])("%d bytes are %j", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
