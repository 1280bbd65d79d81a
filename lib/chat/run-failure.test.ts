import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { ModelError } from "@/lib/llm/language-model";
import { RunFailure, searchFailed, toStreamError } from "./run-failure";

test("an index that cannot be read is a search that failed, at whatever stage", () => {
  const error = new AppError("unavailable", "The search index could not be read.");
  expect(toStreamError(error)).toEqual(searchFailed);
  expect(toStreamError(new RunFailure(searchFailed))).toEqual(searchFailed);
});

test("a fault of the model keeps its code and sentence; what nobody foresaw says nothing of its inside", () => {
  const fault = new ModelError("model_timeout", "No token came.", { retryable: true });
  expect(toStreamError(fault)).toEqual({ code: "model_timeout", message: "No token came.", retryable: true });
  const inside = [new Error("at /srv/x"), new AppError("conflict", "at /srv/x"), "at /srv/x", null];
  for (const error of inside) {
    expect(toStreamError(error)).toMatchObject({ code: "internal" });
    expect(toStreamError(error).message).not.toContain("/srv");
  }
});
