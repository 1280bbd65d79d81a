import { describe, expect, it } from "vitest";
import { GENERAL_PROMPT, GROUNDED_PROMPT } from "@/lib/domain/system-prompt";
import { sampleEvents, sampleRecord } from "@/lib/run-view/run-record.fixture";
import {
  changeDraft,
  changedFields,
  draftProblems,
  type ReplayField,
  toDraft,
  toReplayRequest,
} from "./replay-draft";

const original = toDraft(sampleRecord());
const KBS = ["auto", "general", "product"];

describe("the draft of a replay", () => {
  it("begins as the run was made and then asks for exactly that", () => {
    const record = sampleRecord();
    expect(original).toMatchObject({ kb_prefix: "auto", agent_type: "auto", top_k: "6", temperature: "0.2" });
    expect(toReplayRequest(record, original)).toEqual({
      message: record.message,
      replay_of: record.request_id,
      kb_prefix: "auto",
      agent_type: "auto",
      overrides: {
        top_k: 6,
        context_tokens: 1600,
        model: "gpt-4o",
        temperature: 0.2,
        system_prompt: original.system_prompt,
      },
    });
  });

  it("says which fields were changed, and none when they were changed back", () => {
    const changed = changeDraft(changeDraft(original, "top_k", "3"), "agent_type", "graph_agent");
    expect(changedFields(changed, original)).toEqual(["agent_type", "top_k"]);
    expect(changedFields(changeDraft(changeDraft(original, "top_k", "3"), "top_k", "6"), original)).toEqual(
      [],
    );
  });

  it("leaves to the server what is its default: an empty temperature and the system prompt of the knowledge base", () => {
    const draft = { ...original, temperature: " ", system_prompt: GROUNDED_PROMPT };
    const { overrides } = toReplayRequest(sampleRecord(), draft);
    expect(Object.keys(overrides)).toEqual(["top_k", "context_tokens", "model"]);
  });

  it("keeps an edited system prompt when the knowledge base changes, and swaps a default one", () => {
    expect(changeDraft(original, "kb_prefix", "general").system_prompt).toBe(original.system_prompt);
    const untouched = { ...original, system_prompt: GROUNDED_PROMPT };
    expect(changeDraft(untouched, "kb_prefix", "general").system_prompt).toBe(GENERAL_PROMPT);
  });

  it("knows the server's limits", () => {
    const cases: [ReplayField, string, string | undefined][] = [
      ["top_k", "1", undefined],
      ["top_k", "50", undefined],
      ["top_k", "51", "range"],
      ["top_k", "0", "range"],
      ["top_k", "2.5", "range"],
      ["top_k", "", "range"],
      ["context_tokens", "255", "range"],
      ["context_tokens", "128000", undefined],
      ["context_tokens", "many", "range"],
      ["temperature", "", undefined],
      ["temperature", "2", undefined],
      ["temperature", "2.1", "range"],
      ["temperature", "warm", "range"],
      ["model", " ", "required"],
      ["model", "m".repeat(201), "tooLong"],
      ["system_prompt", "p".repeat(8000), undefined],
      ["system_prompt", "p".repeat(8001), "tooLong"],
      ["kb_prefix", "elsewhere", "unknown"],
    ];
    for (const [field, value, problem] of cases) {
      expect([field, value, draftProblems(changeDraft(original, field, value), KBS)[field]]).toEqual([
        field,
        value,
        problem,
      ]);
    }
    expect(draftProblems(changeDraft(original, "kb_prefix", "elsewhere"), null)).toEqual({});
  });

  it("of a run that called no model yet begins with the server's system prompt", () => {
    const early = sampleRecord(sampleEvents.findIndex(({ type }) => type === "route-decision"));
    expect(toDraft(early).system_prompt).toBe(GROUNDED_PROMPT);
  });
});
