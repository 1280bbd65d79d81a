import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatFrame } from "./chat-frame";
import { decodeChatStream, encodeFrame, type NumberedFrame, PING } from "./sse";

const frameArbitrary: fc.Arbitrary<ChatFrame> = fc.oneof(
  fc.record({ status: fc.constant("token" as const), content: fc.string({ unit: "grapheme" }) }),
  fc.record({
    status: fc.constant("error" as const),
    code: fc.constant("internal" as const),
    message: fc.string(),
    retryable: fc.boolean(),
  }),
);

function bodyOf(bytes: Uint8Array, cuts: readonly number[]): ReadableStream<Uint8Array> {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return new ReadableStream({
    start(controller) {
      let from = 0;
      for (const end of [...ends, bytes.length]) {
        controller.enqueue(bytes.slice(from, end));
        from = end;
      }
      controller.close();
    },
  });
}

async function decodeAll(body: ReadableStream<Uint8Array>): Promise<NumberedFrame[]> {
  const frames: NumberedFrame[] = [];
  for await (const frame of decodeChatStream(body)) frames.push(frame);
  return frames;
}

describe("the stream's codec", () => {
  it("decodes what it encoded, however the bytes are cut and wherever pings stand", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(frameArbitrary),
        fc.array(fc.nat()),
        fc.nat(5),
        async (frames, cuts, pingEvery) => {
          const numbered = frames.map((frame, index) => ({ id: index + 1, frame }));
          const text = numbered
            .map((frame, index) => (index % (pingEvery + 1) === 0 ? PING : "") + encodeFrame(frame))
            .join("");
          expect(await decodeAll(bodyOf(new TextEncoder().encode(text), cuts))).toEqual(numbered);
        },
      ),
    );
  });

  it("skips a frame of a later version", async () => {
    const text = 'id: 1\ndata: {"status":"confetti"}\n\nid: 2\ndata: {"status":"token","content":"a"}\n\n';
    expect(await decodeAll(bodyOf(new TextEncoder().encode(text), []))).toMatchObject([{ id: 2 }]);
  });
});
