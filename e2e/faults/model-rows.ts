import type { StreamErrorCode } from "@/lib/events/stream-error";
import type { FaultFacts, FaultGroup } from "./fault-row";

/** An answer that failed by the model's fault. */
function failed(code: StreamErrorCode, partial = false): FaultFacts {
  return {
    user: { kind: "error", code, partial },
    sidebar: { status: "error", error: code, source: "memory", degraded: false, trace: null },
    log: { level: "warn", msg: "chat", fields: { status: "error", error: code }, request: true },
    recovery: "alone",
  };
}

const answered: FaultFacts = {
  user: { kind: "answer" },
  sidebar: { status: "success", error: null, source: "memory", degraded: false, trace: null },
  log: { level: "info", msg: "chat", fields: { status: "success" }, request: true },
  recovery: "alone",
};

/** Faults of the model's server. */
export const modelFaults = {
  id: "model",
  title: { en: "Faults of the model", zh: "模型的故障" },
  rows: {
    refused: {
      fault: { en: "The model server refuses the connection", zh: "模型服务器拒绝连接" },
      made: { en: "its port is closed", zh: "关闭它的端口" },
      facts: failed("model_unavailable"),
    },
    unauthorized: {
      fault: { en: "The model server refuses the key", zh: "模型服务器拒绝密钥" },
      made: { en: "it answers 401", zh: "它返回 401" },
      facts: failed("model_unauthorized"),
    },
    rateLimited: {
      fault: { en: "The model server gets too many requests", zh: "模型服务器收到的请求太多" },
      made: { en: "it answers 429", zh: "它返回 429" },
      facts: failed("model_rate_limited"),
    },
    serverError: {
      fault: { en: "The model server fails", zh: "模型服务器出错" },
      made: { en: "it answers 500 to every attempt", zh: "每次尝试它都返回 500" },
      facts: failed("model_unavailable"),
    },
    stallBefore: {
      fault: { en: "The model stalls before the first token", zh: "模型在第一个 token 之前停住" },
      made: { en: "nothing comes for MODEL_TIMEOUT_SECONDS", zh: "在 MODEL_TIMEOUT_SECONDS 内什么也不发" },
      facts: failed("model_timeout"),
    },
    stallWithin: {
      fault: { en: "The model stalls in the middle of an answer", zh: "模型在回答中途停住" },
      made: { en: "nothing more comes after one token", zh: "发出一个 token 之后不再发送" },
      facts: failed("model_timeout", true),
    },
    cut: {
      fault: { en: "The connection to the model is cut", zh: "与模型的连接中断" },
      made: { en: "the socket is closed after one token", zh: "发出一个 token 之后关闭套接字" },
      facts: failed("model_bad_response", true),
    },
    garbled: {
      fault: { en: "The model sends a malformed chunk", zh: "模型发送格式错误的数据块" },
      made: { en: "a chunk after the first token is no JSON", zh: "第一个 token 之后的数据块不是 JSON" },
      facts: failed("model_bad_response", true),
    },
    empty: {
      fault: { en: "The model answers nothing", zh: "模型的回答为空" },
      made: { en: "the stream ends without a token", zh: "流在没有 token 的情况下结束" },
      facts: failed("model_bad_response"),
    },
    long: {
      fault: { en: "The model writes 100,000 tokens", zh: "模型写出 100,000 个 token" },
      made: { en: "as fast as they are taken", zh: "接收多快就发多快" },
      facts: answered,
    },
    fast: {
      fault: { en: "The model writes 2,000 tokens a second", zh: "模型每秒写出 2,000 个 token" },
      made: { en: "20 tokens each 10 ms, for two seconds", zh: "每 10 毫秒 20 个 token，持续两秒" },
      facts: answered,
    },
  },
} satisfies FaultGroup;
