import { ModelError } from "./language-model";
import type { ProviderFault } from "./provider-fault";

/** What the sentences need to know of the configuration. */
export interface FaultContext {
  /** The setting that names the model. */
  modelSetting: "CHAT_MODEL" | "EMBEDDING_MODEL";
  timeoutMs: number;
}

/** Puts a fault into one sentence a person can act on; nothing of the provider's own text is in it. */
export function modelErrorOf(fault: ProviderFault, context: FaultContext): ModelError {
  switch (fault.kind) {
    case "status":
      return statusError(fault, context);
    case "connection":
      return unavailable(`The model server cannot be reached: ${connectionReason(fault.code)}`, fault);
    case "timeout":
      return timeoutError(context, fault);
    case "aborted":
      return unavailable("The connection to the model server was closed. Try again.", fault);
    case "cut":
      return new ModelError("model_bad_response", "The model's answer broke off before its end. Try again.", {
        retryable: true,
        cause: fault,
      });
    case "malformed":
      return new ModelError(
        "model_bad_response",
        "The model server's answer was not understandable. Check that OPENAI_BASE_URL is the address of an OpenAI-compatible server.",
        { retryable: true, cause: fault },
      );
  }
}

/** No token came within the limit. */
export function timeoutError({ timeoutMs }: FaultContext, cause?: unknown): ModelError {
  const seconds = Math.round(timeoutMs / 100) / 10;
  return new ModelError(
    "model_timeout",
    `No token came from the model within ${seconds} seconds. Try again, use a smaller model, or raise MODEL_TIMEOUT_SECONDS.`,
    { retryable: true, cause },
  );
}

function statusError(fault: ProviderFault, context: FaultContext): ModelError {
  const { status } = fault;
  if (status === 401 || status === 403) {
    return new ModelError(
      "model_unauthorized",
      "The model server refused the key. Check OPENAI_API_KEY, and that it belongs to OPENAI_BASE_URL.",
      { retryable: false, cause: fault },
    );
  }
  if (isQuotaUsedUp(fault)) {
    return new ModelError(
      "model_rate_limited",
      "The quota at the model provider is used up. Raise it there, or configure another model.",
      { retryable: false, cause: fault },
    );
  }
  if (status === 429 || fault.code === "rate_limit_exceeded") return rateLimited(fault);
  if (isUnknownModel(fault)) {
    return new ModelError(
      "model_unavailable",
      `The model server does not know this model or address. Check ${context.modelSetting} and OPENAI_BASE_URL.`,
      { retryable: false, cause: fault },
    );
  }
  if (status !== null && status >= 300 && status < 500 && status !== 408) return refused(fault, context);
  const reported = status === null ? "" : ` (HTTP ${status})`;
  return unavailable(`The model server reports a fault${reported}. Try again in a moment.`, fault);
}

function rateLimited(fault: ProviderFault): ModelError {
  const wait =
    fault.retryAfterMs === null ? "a moment" : `${Math.max(1, Math.ceil(fault.retryAfterMs / 1000))} s`;
  return new ModelError(
    "model_rate_limited",
    `The model provider gets too many requests. Wait ${wait} and try again.`,
    { retryable: true, cause: fault },
  );
}

/** A request that will be refused again: the sentence names what in it may be wrong. */
function refused(fault: ProviderFault, { modelSetting }: FaultContext): ModelError {
  const reason = /context.{0,20}(length|window|size)|maximum context|too (long|large|many tokens)/i.test(
    fault.detail,
  )
    ? "The prompt is longer than the model accepts. Lower the context budget, or choose a model with a larger window."
    : /temperature/i.test(fault.detail)
      ? "The model does not accept this temperature. Leave it out, or choose another value."
      : `The model server refused the request (HTTP ${fault.status}). Check that ${modelSetting} names a model for this purpose.`;
  return new ModelError("model_bad_response", reason, { retryable: false, cause: fault });
}

function unavailable(message: string, fault: ProviderFault): ModelError {
  return new ModelError("model_unavailable", message, { retryable: true, cause: fault });
}

function connectionReason(code: string | null): string {
  const check = "Check that it runs and that OPENAI_BASE_URL is right.";
  if (code === "ECONNREFUSED") return `nothing listens there. ${check}`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return "its name cannot be resolved. Check OPENAI_BASE_URL and the network.";
  }
  if (code && /CERT|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return "its certificate is not trusted. Check OPENAI_BASE_URL and NODE_EXTRA_CA_CERTS.";
  }
  return `the connection failed. ${check}`;
}

function isQuotaUsedUp({ status, code }: ProviderFault): boolean {
  return status === 402 || code === "insufficient_quota";
}

/** Most servers answer 404, some 400 with words. */
function isUnknownModel({ status, code, detail }: ProviderFault): boolean {
  if (status === 404 || code === "model_not_found") return true;
  return (
    status === 400 && /model\b.{0,60}\b(not (found|exist)|does not exist|unknown|not a valid)/i.test(detail)
  );
}
