import type { ChatFrame, chatFrameSchema } from "./chat-frame";

/** A frame with its number in the stream, from 1. */
export interface NumberedFrame {
  id: number;
  frame: ChatFrame;
}

/** One frame as the bytes of a server-sent event. JSON escapes line breaks, so `data` is one line. */
export function encodeFrame({ id, frame }: NumberedFrame): string {
  return `id: ${id}\ndata: ${JSON.stringify(frame)}\n\n`;
}

/** A comment frame: keeps the connection alive and is ignored by every reader. */
export const PING = ": ping\n\n";

/**
 * Reads frames out of a response body, however its bytes are cut. Comments and unknown fields are
 * skipped, frames of a later version (an unknown `status`) too. Ends with the body; throws on malformed
 * JSON or when the body fails. The page loads the schema with the first answer.
 */
export async function* decodeChatStream(body: ReadableStream<Uint8Array>): AsyncGenerator<NumberedFrame> {
  const { chatFrameSchema } = await import("./chat-frame");
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const numbered = parseBlock(block, chatFrameSchema);
        if (numbered) yield numbered;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseBlock(block: string, schema: typeof chatFrameSchema): NumberedFrame | null {
  let id = 0;
  let data: string | null = null;
  for (const line of block.split("\n")) {
    if (line.startsWith("id: ")) id = Number(line.slice(4));
    if (line.startsWith("data: ")) data = line.slice(6);
  }
  if (data === null) return null;
  const frame = schema.safeParse(JSON.parse(data));
  return frame.success ? { id, frame: frame.data } : null;
}
