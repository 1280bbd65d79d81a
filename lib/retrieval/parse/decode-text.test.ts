import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "./decode-text";

const hex = (bytes: string) => Buffer.from(bytes, "hex");
const mark = (...bytes: number[]) => Buffer.from(bytes);

describe("decodeText", () => {
  test("any text is the same after UTF-8 and UTF-16, and no byte order mark is left", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((one) => !/\p{Cc}|\ufeff/u.test(one));
    fc.assert(
      fc.property(text, (written) => {
        const utf16 = Buffer.from(written, "utf16le");
        expect(decodeText(Buffer.from(written))).toBe(written);
        expect(decodeText(Buffer.from(`\ufeff${written}`))).toBe(written);
        expect(decodeText(Buffer.concat([mark(0xff, 0xfe), utf16]))).toBe(written);
        expect(decodeText(Buffer.concat([mark(0xfe, 0xff), Buffer.from(utf16).swap16()]))).toBe(written);
      }),
    );
  });

  test("UTF-16 is recognised without a mark", () => {
    const utf16 = Buffer.from("The lamp is warm. 台灯很热。", "utf16le");
    expect(decodeText(utf16)).toBe("The lamp is warm. 台灯很热。");
    expect(decodeText(Buffer.from(utf16).swap16())).toBe("The lamp is warm. 台灯很热。");
  });

  test.each([
    ["a few Chinese words (GBK)", "c4e3bac3a3accac0bde7", "你好，世界"],
    [
      "Russian (windows-1251)",
      "cbe0ecefe020f2e5efebe0ff2c20edee20ede520e3eef0fff7e0ff2e",
      "Лампа теплая, но не горячая.",
    ],
    [
      "a Chinese sentence (GBK)",
      "baecb5c6b1edcabeb9fdc8c8a3accfc8b9d8b5f4cca8b5c6a1a3",
      "红灯表示过热，先关掉台灯。",
    ],
    [
      "French (windows-1252)",
      "4c6520636166e9206ee0206d6f6ee9206574206c27e974e92c20e0206cec",
      "Le café nà moné et l'été, à lì",
    ],
  ])("%s", (_, bytes, text) => {
    expect(decodeText(hex(bytes))).toBe(text);
  });

  test("what a file declares comes before what its bytes look like", () => {
    expect(decodeText(hex("e9"), "windows-1252")).toBe("é");
    expect(decodeText(hex("6c27e974e9"), "no-such-encoding")).toBe("l'été");
    expect(decodeText(Buffer.from("é"), "windows-1252")).toBe("é");
  });

  test("what is no text is refused", () => {
    const noText = Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 37) % 256));
    expect(() => decodeText(noText)).toThrow(expect.objectContaining({ code: "mislabelled" }));
  });
});
