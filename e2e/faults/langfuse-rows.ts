import type { FaultFacts, FaultGroup } from "./fault-row";

/** The answer is as ever; the trace waits, and says why. */
function waiting(reason: string): FaultFacts {
  return {
    user: { kind: "answer" },
    sidebar: {
      status: "success",
      error: null,
      source: "memory",
      degraded: false,
      trace: { state: "failed", reason },
    },
    log: { level: "warn", msg: `Export to Langfuse fails: ${reason}.`, fields: {}, request: false },
    recovery: "alone",
  };
}

const FOREIGN = "Langfuse answered something that is not Langfuse's; check the address";

/** Faults of Langfuse. */
export const langfuseFaults = {
  id: "langfuse",
  title: { en: "Faults of Langfuse", zh: "Langfuse 的故障" },
  rows: {
    refused: {
      fault: { en: "Langfuse refuses the connection", zh: "Langfuse 拒绝连接" },
      made: { en: "its port is closed", zh: "关闭它的端口" },
      facts: waiting("Langfuse is not reachable"),
    },
    hanging: {
      fault: { en: "Langfuse takes requests and never answers", zh: "Langfuse 接收请求却从不响应" },
      made: { en: "no response is sent", zh: "不发送任何响应" },
      facts: waiting("Langfuse did not answer in time"),
    },
    slow: {
      fault: { en: "Langfuse is slow", zh: "Langfuse 很慢" },
      made: { en: "it answers after 10 seconds", zh: "10 秒后才响应" },
      facts: waiting("Langfuse did not answer in time"),
    },
    unauthorized: {
      fault: { en: "Langfuse refuses the keys", zh: "Langfuse 拒绝密钥" },
      made: { en: "it answers 401", zh: "它返回 401" },
      facts: waiting("Langfuse refused the keys (401)"),
    },
    rateLimited: {
      fault: { en: "Langfuse takes no more requests", zh: "Langfuse 不再接收请求" },
      made: { en: "it answers 429 with Retry-After: 1", zh: "它返回 429，带 Retry-After: 1" },
      facts: waiting("Langfuse takes no more for now (429)"),
    },
    serverError: {
      fault: { en: "Langfuse fails", zh: "Langfuse 出错" },
      made: { en: "it answers 500", zh: "它返回 500" },
      facts: waiting("Langfuse failed on its side (500)"),
    },
    garbage: {
      fault: { en: "Langfuse answers with a page", zh: "Langfuse 返回一个网页" },
      made: { en: "200 with HTML, as a proxy's sign-in does", zh: "返回 200 和 HTML，像代理的登录页" },
      facts: waiting(FOREIGN),
    },
    huge: {
      fault: { en: "Langfuse sends a huge answer", zh: "Langfuse 返回巨大的响应" },
      made: { en: "200 with 1 GB of JSON", zh: "返回 200 和 1 GB 的 JSON" },
      facts: waiting(FOREIGN),
    },
  },
} satisfies FaultGroup;
