import type { FaultGroup } from "./fault-row";

/** Faults of the machine. */
export const machineFaults = {
  id: "machine",
  title: { en: "Faults of the machine", zh: "机器的故障" },
  rows: {
    diskFull: {
      fault: { en: "The disk is full", zh: "磁盘已满" },
      made: { en: "DATA_DIR is on a file system that is filled up", zh: "把 DATA_DIR 所在的文件系统写满" },
      facts: {
        user: { kind: "refused", status: 503, code: "unavailable" },
        sidebar: null,
        log: { level: "warn", msg: "route failed", fields: { code: "unavailable" }, request: false },
        recovery: "alone",
      },
    },
    diskFullWithin: {
      fault: { en: "The disk becomes full in the middle of an answer", zh: "回答中途磁盘写满" },
      made: { en: "the file system is filled up after the first token", zh: "第一个 token 之后写满文件系统" },
      facts: {
        user: { kind: "answer" },
        sidebar: { status: "success", error: null, source: "memory", degraded: false, trace: null },
        log: { level: "error", msg: "the answer could not be kept yet", fields: {}, request: true },
        recovery: "alone",
      },
    },
    clock: {
      fault: { en: "The clock jumps back", zh: "时钟回拨" },
      made: { en: "by one hour after the first token", zh: "第一个 token 之后回拨一小时" },
      facts: {
        user: { kind: "answer" },
        sidebar: { status: "success", error: null, source: "memory", degraded: false, trace: null },
        log: { level: "info", msg: "chat", fields: { status: "success" }, request: true },
        recovery: "alone",
      },
    },
  },
} satisfies FaultGroup;
