import type { FaultGroup } from "./fault-row";

const UNAVAILABLE = {
  level: "warn",
  msg: "route failed",
  fields: { code: "unavailable" },
  request: false,
} as const;

/** Faults of the search index. */
export const indexFaults = {
  id: "index",
  title: { en: "Faults of the search index", zh: "搜索索引的故障" },
  rows: {
    locked: {
      fault: { en: "The index is locked", zh: "索引被锁定" },
      made: {
        en: "its folder is made read-only, and a file is uploaded",
        zh: "把它的文件夹设为只读，再上传文件",
      },
      facts: {
        user: { kind: "job", state: "failed" },
        sidebar: null,
        log: { level: "warn", msg: "job", fields: { state: "failed" }, request: false },
        recovery: "alone",
      },
    },
    corrupt: {
      fault: { en: "The index is corrupt", zh: "索引损坏" },
      made: { en: "its files are overwritten while the server runs", zh: "在服务器运行时覆盖它的文件" },
      facts: {
        user: { kind: "refused", status: 503, code: "unavailable" },
        sidebar: null,
        log: UNAVAILABLE,
        recovery: "backup",
      },
    },
    deleted: {
      fault: { en: "The index is deleted while the server runs", zh: "服务器运行时索引被删除" },
      made: { en: "its folder is removed", zh: "删除它的文件夹" },
      facts: {
        user: { kind: "refused", status: 503, code: "unavailable" },
        sidebar: null,
        log: UNAVAILABLE,
        recovery: "backup",
      },
    },
  },
} satisfies FaultGroup;
