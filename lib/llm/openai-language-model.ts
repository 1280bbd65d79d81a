import { failureOf } from "./call-failure";
import { type ChatChunk, parseChatChunk, parseChatCompletion } from "./chat-chunk";
import {
  type JsonRequest,
  type LanguageModel,
  type ModelChunk,
  ModelError,
  type ModelRequest,
} from "./language-model";
import type { FaultContext } from "./model-error-of";
import { createOpenAiClient, type OpenAiClientOptions } from "./openai-client";
import { ProviderFault } from "./provider-fault";
import { createRejectedParameters } from "./rejected-parameters";
import { type Sleep, systemSleep, withRetries } from "./retry";
import { startTimeLimit, type TimeLimit } from "./time-limit";

export interface OpenAiLanguageModelOptions extends OpenAiClientOptions {
  defaultModel: string;
  /** To the first token, and between tokens. */
  timeoutMs: number;
  /** True for the offline model behind `fetch`; it has no address to show. */
  extractive?: boolean;
  sleep?: Sleep;
}

/** Usage comes in a chunk after the text's end; a server that sends none must not hold the answer back. */
const USAGE_WAIT_MS = 2_000;
/** After the usage only the end mark is missing; reading it keeps the connection for the next call. */
const END_MARK_WAIT_MS = 200;

/**
 * LanguageModel over any OpenAI-compatible server. A call that fails before its answer begins is tried
 * again where that is safe; from the first token on every fault is the caller's to see.
 */
export function createOpenAiLanguageModel(options: OpenAiLanguageModelOptions): LanguageModel {
  const client = createOpenAiClient(options);
  const parameters = createRejectedParameters();
  const sleep = options.sleep ?? systemSleep;
  const context: FaultContext = { modelSetting: "CHAT_MODEL", timeoutMs: options.timeoutMs };

  const open = (request: ModelRequest, { signal }: TimeLimit) =>
    parameters.tolerate(["stream_options"], (allowed) =>
      withRetries(
        () =>
          client.streamChat(
            {
              ...chatBody(request),
              stream: true,
              ...(allowed("stream_options") ? { stream_options: { include_usage: true } } : {}),
            },
            signal,
          ),
        { sleep, signal },
      ),
    );

  const complete = (request: JsonRequest, { signal }: TimeLimit) =>
    parameters.tolerate(["json_schema", "response_format", "temperature"], (allowed) => {
      const temperature = allowed("temperature") ? request.temperature : null;
      const schema = allowed("json_schema") ? request.schema : undefined;
      const format = allowed("response_format") ? { response_format: responseFormat(schema) } : {};
      const body = { ...chatBody({ ...request, temperature }), ...format };
      return withRetries(() => client.completeChat(body, signal), { sleep, signal });
    });

  return {
    defaultModel: options.defaultModel,
    extractive: options.extractive ?? false,
    baseUrl: options.extractive ? null : client.baseUrl,
    async *stream(request) {
      const limit = startTimeLimit(options.timeoutMs, request.signal);
      try {
        yield* readAnswer(await open(request, limit), limit, request.model);
      } catch (error) {
        throw failureOf(error, { limit, caller: request.signal, context });
      } finally {
        limit.stop();
      }
    },
    async completeJson(request) {
      const limit = startTimeLimit(options.timeoutMs, request.signal);
      try {
        const { text, usage, model } = parseChatCompletion(await complete(request, limit));
        return { text: jsonIn(text), usage, model: model ?? request.model };
      } catch (error) {
        throw failureOf(error, { limit, caller: request.signal, context });
      } finally {
        limit.stop();
      }
    },
  };
}

function chatBody({ model, messages, temperature }: ModelRequest) {
  return { model, messages: [...messages], ...(temperature === null ? {} : { temperature }) };
}

function responseFormat(schema: JsonRequest["schema"]) {
  if (!schema) return { type: "json_object" as const };
  return { type: "json_schema" as const, json_schema: { ...schema, strict: true } };
}

/** Chunks of the wire into chunks of the port. The reader's own time between two of them is not limited. */
async function* readAnswer(
  chunks: AsyncIterable<unknown>,
  limit: TimeLimit,
  requestedModel: string,
): AsyncGenerator<ModelChunk, void> {
  let finishReason: string | null = null;
  let usage: ChatChunk["usage"] = null;
  let model = requestedModel;
  let written = false;
  try {
    for await (const value of chunks) {
      const chunk = parseChatChunk(value);
      usage = chunk.usage ?? usage;
      model = chunk.model ?? model;
      finishReason = chunk.finishReason ?? finishReason;
      if (chunk.text) {
        written ||= chunk.text.trim() !== "";
        limit.pause();
        yield { type: "text", text: chunk.text };
      }
      if (finishReason) limit.restart(Math.min(limit.ms, usage ? END_MARK_WAIT_MS : USAGE_WAIT_MS));
      else if (chunk.text || chunk.reasoning) limit.restart();
    }
  } catch (error) {
    // What comes after the end of the text can only cost us the usage.
    if (finishReason === null) throw error;
  }
  const done = finishReason !== null && (limit.expired || !limit.signal.aborted);
  if (limit.signal.aborted && !done) throw new ProviderFault("aborted");
  yield { type: "end", finishReason: checkEnd(finishReason, written), usage, model };
}

/** How the answer ended, in the port's words. Throws where it did not end well. */
function checkEnd(finishReason: string | null, written: boolean): "stop" | "length" {
  if (finishReason === null && written) throw new ProviderFault("cut");
  if (finishReason === "content_filter") {
    throw badResponse(
      "The model provider's content filter stopped the answer. Rephrase the question.",
      false,
    );
  }
  if (!written && finishReason === "length") {
    throw badResponse(
      "The model reached its length limit before it wrote an answer. Choose another model.",
      false,
    );
  }
  if (!written) {
    throw badResponse(
      "The model's answer was empty. Try again, or check that OPENAI_BASE_URL is the address of an OpenAI-compatible server.",
      true,
    );
  }
  return finishReason === "length" ? "length" : "stop";
}

function badResponse(message: string, retryable: boolean): ModelError {
  return new ModelError("model_bad_response", message, { retryable });
}

/** The one JSON value in an answer, without the thoughts and the code fence that some models put around it. */
function jsonIn(text: string): string {
  const bare = text.replace(/^\s*<think>[\s\S]*?<\/think>/, "").trim();
  const json = /^```(?:json)?\s*\n([\s\S]*?)\n```$/.exec(bare)?.[1]?.trim() ?? bare;
  try {
    JSON.parse(json);
  } catch (cause) {
    throw new ModelError("model_bad_response", "The model was asked for JSON and answered something else.", {
      retryable: true,
      cause,
    });
  }
  return json;
}
