// Ends this process when it takes more memory than it may, or when nobody waits for it any more. A thread,
// since the main one is busy when that happens; V8's own limit does not count buffers.
import { workerData } from "node:worker_threads";

const parent = process.ppid;

setInterval(() => {
  const isOver = process.memoryUsage.rss() > workerData * 1024 * 1024;
  if (isOver || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
}, 20);
