import type { FaultGroup } from "./fault-row";

/** Faults of Sidetrace's own process. */
export const processFaults = {
  id: "process",
  title: { en: "Ends of the process", zh: "进程的结束" },
  rows: {
    drained: {
      fault: { en: "The process is told to end while it answers", zh: "进程在回答时收到结束信号" },
      made: { en: "SIGTERM after the first token", zh: "第一个 token 之后发 SIGTERM" },
      facts: {
        user: { kind: "answer" },
        sidebar: { status: "success", error: null, source: "redis", degraded: false, trace: null },
        log: { level: "info", msg: "chat", fields: { status: "success" }, request: true },
        recovery: "restart",
      },
    },
    drainedLate: {
      fault: { en: "The answer is not ready 30 seconds after SIGTERM", zh: "SIGTERM 之后 30 秒回答仍未完成" },
      made: { en: "SIGTERM, and a model that stalls", zh: "SIGTERM，同时模型停住" },
      facts: {
        user: { kind: "stopped" },
        sidebar: { status: "aborted", error: null, source: "redis", degraded: false, trace: null },
        log: { level: "info", msg: "chat", fields: { status: "aborted" }, request: true },
        recovery: "restart",
      },
    },
    killedInAnswer: {
      fault: { en: "The process is killed in an answer", zh: "进程在回答中途被杀死" },
      made: { en: "SIGKILL after the first tokens", zh: "前几个 token 之后发 SIGKILL" },
      facts: {
        user: { kind: "error", code: "interrupted", partial: true },
        sidebar: { status: "error", error: "interrupted", source: "redis", degraded: false, trace: null },
        log: null,
        recovery: "restart",
      },
    },
    killedInIngest: {
      fault: { en: "The process is killed while it indexes files", zh: "进程在索引文件时被杀死" },
      made: { en: "SIGKILL after six files were accepted", zh: "接收六个文件之后发 SIGKILL" },
      facts: {
        user: { kind: "job", state: "done" },
        sidebar: null,
        log: { level: "info", msg: "job", fields: { state: "done" }, request: false },
        recovery: "restart",
      },
    },
  },
} satisfies FaultGroup;
