import type { FaultFacts, FaultGroup, LogFact } from "./fault-row";

/** The answer is as ever, kept in this process until Redis takes it. */
function keptHere(fields: LogFact["fields"]): FaultFacts {
  return {
    user: { kind: "answer" },
    sidebar: { status: "success", error: null, source: "memory", degraded: true, trace: null },
    log: { level: "warn", msg: "redis", fields, request: false },
    recovery: "alone",
  };
}

/** Faults of Redis. */
export const redisFaults = {
  id: "redis",
  title: { en: "Faults of Redis", zh: "Redis 的故障" },
  rows: {
    absent: {
      fault: { en: "Redis is absent at the start", zh: "启动时没有 Redis" },
      made: { en: "redis-server is started after Sidetrace", zh: "redis-server 晚于 Sidetrace 启动" },
      facts: keptHere({ state: "away", reason: "ECONNREFUSED" }),
    },
    killed: {
      fault: { en: "Redis is killed in the middle of an answer", zh: "回答中途 Redis 被杀死" },
      made: {
        en: "SIGKILL to redis-server after the first token",
        zh: "第一个 token 之后向 redis-server 发 SIGKILL",
      },
      facts: keptHere({ state: "away" }),
    },
    frozen: {
      fault: { en: "Redis is frozen", zh: "Redis 被冻结" },
      made: {
        en: "SIGSTOP to redis-server after the first token",
        zh: "第一个 token 之后向 redis-server 发 SIGSTOP",
      },
      facts: keptHere({ state: "away" }),
    },
    emptied: {
      fault: { en: "Redis comes back empty in the middle of an answer", zh: "回答中途 Redis 重启后数据全空" },
      made: {
        en: "SIGKILL, its files are removed, and it is started again",
        zh: "SIGKILL，删除它的文件，再启动",
      },
      facts: {
        user: { kind: "answer" },
        sidebar: { status: "success", error: null, source: "redis", degraded: false, trace: null },
        log: { level: "warn", msg: "redis", fields: { state: "emptied" }, request: false },
        recovery: "alone",
      },
    },
    full: {
      fault: { en: "Redis is out of memory", zh: "Redis 内存用尽" },
      made: { en: "maxmemory 1 with noeviction", zh: "maxmemory 1，noeviction" },
      facts: keptHere({ state: "refusing", reason: "OOM" }),
    },
    password: {
      fault: { en: "Redis has another password", zh: "Redis 的密码变了" },
      made: { en: "CONFIG SET requirepass, and CLIENT KILL", zh: "CONFIG SET requirepass 和 CLIENT KILL" },
      facts: keptHere({ state: "away", reason: "WRONGPASS" }),
    },
    readOnly: {
      fault: { en: "Redis has become a read-only replica", zh: "Redis 变成只读副本" },
      made: { en: "REPLICAOF a server that is not there", zh: "REPLICAOF 指向不存在的服务器" },
      facts: keptHere({ state: "refusing", reason: "READONLY" }),
    },
  },
} satisfies FaultGroup;
