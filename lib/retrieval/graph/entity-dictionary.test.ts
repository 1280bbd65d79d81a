import { describe, expect, test } from "vitest";
import { segment } from "@/lib/retrieval/text/segment";
import { EntityDictionary } from "./entity-dictionary";

function linked(names: readonly string[], text: string): [string | undefined, number][] {
  const dictionary = new EntityDictionary();
  for (const name of names) dictionary.add(name);
  return [...dictionary.link(segment(text))].map(([id, count]) => [dictionary.entities[id]?.name, count]);
}

describe("EntityDictionary", () => {
  test("finds a name in any spelling and inflection, and counts it", () => {
    expect(linked(["Parental leave"], "parental leaves, PARENTAL LEAVE")).toEqual([["Parental leave", 2]]);
  });

  test("takes the longest of names that begin alike", () => {
    expect(linked(["New York", "New York City", "York"], "in New York City")).toEqual([["New York City", 1]]);
  });

  test("finds code and Chinese names", () => {
    expect(linked(["request_id", "年假"], "request_id，年假")).toEqual([
      ["request_id", 1],
      ["年假", 1],
    ]);
  });

  test("knows no names that say nothing", () => {
    expect(linked(["the", "42", "x", "", "怎么"], "the 42 x 怎么")).toEqual([]);
  });
});
