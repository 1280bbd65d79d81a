import { afterEach, describe, expect, it } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "@/e2e/support/otlp-receiver";
import { openTestLangfuse } from "./langfuse.fixture";
import { eventually } from "./trace-sink.fixture";

let receiver: OtlpReceiver;
afterEach(() => receiver.close());

async function startPrompts() {
  receiver = await startOtlpReceiver();
  let monotonic = 0;
  const clock = { now: () => 0, monotonic: () => monotonic };
  const log: string[] = [];
  const open = (label = "production") =>
    openTestLangfuse(receiver, { clock, promptLabel: label, log: (line) => log.push(line) }).prompts;
  const pass = (ms: number) => {
    monotonic += ms;
  };
  return { open, pass, log };
}

async function publish(prompt: string, labels = ["production"]): Promise<void> {
  const keys = Buffer.from(`${receiver.publicKey}:${receiver.secretKey}`).toString("base64");
  const body = JSON.stringify({ name: "rag_answer", type: "text", prompt, labels });
  const headers = { authorization: `Basic ${keys}` };
  await fetch(`${receiver.url}/api/public/v2/prompts`, { method: "POST", headers, body });
}

const loads = () =>
  receiver.requests().filter((line) => line.startsWith("GET /api/public/v2/prompts")).length;

describe("the prompt of Langfuse", () => {
  it("is none at first, and there when it was loaded: nobody waits for it", async () => {
    const { open } = await startPrompts();
    await publish("Answer from {{kb_prefix}}.");
    const prompts = open();
    expect(prompts.current()).toBeNull();
    const expected = { name: "rag_answer", version: 1, template: "Answer from {{kb_prefix}}." };
    await eventually(() => expect(prompts.current()).toEqual(expected));
  });

  it("is the one of the label", async () => {
    const { open } = await startPrompts();
    await publish("for all");
    await publish("for a try", ["staging"]);
    const prompts = open("staging");
    await eventually(() => expect(prompts.current()?.template).toBe("for a try"));
  });

  it("is loaded again after a minute, in the background: the old one serves until then", async () => {
    const { open, pass } = await startPrompts();
    await publish("first");
    const prompts = open();
    await eventually(() => expect(prompts.current()?.template).toBe("first"));
    await publish("second");
    pass(59_999);
    expect(prompts.current()?.template).toBe("first");
    expect(loads()).toBe(1);
    pass(1);
    expect(prompts.current()?.template).toBe("first");
    await eventually(() => expect(prompts.current()).toMatchObject({ version: 2, template: "second" }));
    expect(loads()).toBe(2);
  });

  it("stays in use while Langfuse is away, which is asked again after a pause", async () => {
    const { open, pass, log } = await startPrompts();
    await publish("first");
    const prompts = open();
    await eventually(() => expect(prompts.current()?.template).toBe("first"));
    receiver.setFault({ kind: "status", status: 500 }, "all");
    pass(60_000);
    prompts.current();
    await eventually(() => expect(log).toHaveLength(1));
    expect(prompts.current()?.template).toBe("first");
    expect(loads()).toBe(2);
    pass(10_000);
    prompts.current();
    await eventually(() => expect(loads()).toBe(3));
  });

  it("that is not there is no fault", async () => {
    const { open, log } = await startPrompts();
    const prompts = open();
    await eventually(() => expect(loads()).toBe(1));
    expect([prompts.current(), log]).toEqual([null, []]);
  });
});
