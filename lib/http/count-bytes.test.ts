import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { countBytes } from "./count-bytes";

const counting = (content: Readable) => {
  const counts: number[] = [];
  return { counted: countBytes(content, (bytes) => counts.push(bytes)), counts };
};

it("content comes through as it is, and is counted once", async () => {
  const { counted, counts } = counting(Readable.from([Buffer.from("ab"), Buffer.from("章")]));
  expect(await text(counted)).toBe("ab章");
  expect(counts).toEqual([5]);
});

it("content that breaks off fails its reader, and what came is counted", async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from("abc");
      throw new Error("the line is dead");
    })(),
  );
  const { counted, counts } = counting(broken);
  await expect(text(counted)).rejects.toThrow("the line is dead");
  expect(counts).toEqual([3]);
});

it("a reader that leaves lets go of the content", async () => {
  const content = new Readable({ read() {} });
  const { counted } = counting(content);
  counted.destroy();
  await new Promise((resolve) => content.once("close", resolve));
  expect(content.destroyed).toBe(true);
});
