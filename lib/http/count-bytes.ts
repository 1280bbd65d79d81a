import { pipeline, type Readable, Transform } from "node:stream";

/** The same content; tells its size when it has come to its end or broken off. */
export function countBytes(content: Readable, onEnd: (bytes: number) => void): Readable {
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  // Whoever reads hears of a fault; nobody else need.
  return pipeline(content, counter, () => onEnd(bytes));
}
