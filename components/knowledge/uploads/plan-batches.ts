/** Files of one request: the contract allows 200; smaller ones keep progress fine and a failure cheap. */
const BATCH_FILES = 20;
const BATCH_BYTES = 32 * 1024 * 1024;

interface Sized {
  size: number;
}

/** Files in the order given, in as few requests as the limits allow; a large file goes alone. */
export function planBatches<T extends Sized>(files: readonly T[]): T[][] {
  const batches: T[][] = [];
  let bytes = 0;
  for (const file of files) {
    const batch = batches.at(-1);
    if (batch && batch.length < BATCH_FILES && bytes + file.size <= BATCH_BYTES) {
      batch.push(file);
      bytes += file.size;
    } else {
      batches.push([file]);
      bytes = file.size;
    }
  }
  return batches;
}

/** How much of each file of a request has gone, in [0, 1], when `sent` bytes of its content have. */
export function sharesSent(files: readonly Sized[], sent: number): number[] {
  let before = 0;
  return files.map(({ size }) => {
    const share = size === 0 ? 1 : Math.min(1, Math.max(0, (sent - before) / size));
    before += size;
    return share;
  });
}
