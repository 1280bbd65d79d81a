import { readdirSync, readFileSync } from "node:fs";

/** What a process holds at a moment. */
export interface ProcessSample {
  atMs: number;
  rssBytes: number;
  /** Open files and sockets. */
  descriptors: number;
}

/** Looks at a process every second until it is stopped; Linux alone has these figures. */
export function watchProcess(pid: number) {
  const samples: ProcessSample[] = [];
  const started = performance.now();
  const look = () => samples.push(sampleProcess(pid, performance.now() - started));
  look();
  const timer = setInterval(look, 1000);
  return { samples, stop: () => clearInterval(timer) };
}

export function sampleProcess(pid: number, atMs = 0): ProcessSample {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return {
    atMs,
    rssBytes: Number(kilobytes) * 1024,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/** How much the mean of the last fifth differs from that of the first fifth, after the warm-up; a share. */
export function memoryGrowth(samples: readonly ProcessSample[], warmUpMs: number): number {
  const warm = samples.filter(({ atMs }) => atMs >= warmUpMs).map(({ rssBytes }) => rssBytes);
  const part = Math.max(1, Math.floor(warm.length / 5));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return mean(warm.slice(-part)) / mean(warm.slice(0, part)) - 1;
}
