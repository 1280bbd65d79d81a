import { encodeFrame, type NumberedFrame, PING } from "@/lib/events/sse";

const PING_AFTER_MS = 15_000;

/** Server-sent events out of frames. A comment after 15 s of silence keeps proxies from closing it. */
export function streamResponse(
  frames: AsyncGenerator<NumberedFrame>,
  headers: Record<string, string>,
): Response {
  const encoder = new TextEncoder();
  let ping: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      ping = setInterval(() => controller.enqueue(encoder.encode(PING)), PING_AFTER_MS);
    },
    async pull(controller) {
      const step = await frames.next();
      if (step.done) {
        clearInterval(ping);
        controller.close();
        return;
      }
      ping?.refresh();
      controller.enqueue(encoder.encode(encodeFrame(step.value)));
    },
    cancel() {
      clearInterval(ping);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      ...headers,
    },
  });
}
