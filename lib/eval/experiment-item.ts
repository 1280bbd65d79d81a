import { z } from "zod";
import { agentTypeSchema } from "@/lib/domain/agent";
import type { DatasetItem } from "@/lib/observability/datasets";

/** One case of an experiment: what is asked, and what is expected as far as that was said. */
export interface ExperimentItem {
  id: string;
  message: string;
  kb_prefix: string;
  agent_type: z.infer<typeof agentTypeSchema>;
  history: { role: "user" | "assistant"; content: string }[];
  /** The answer that is expected, or phrases that it must have. */
  expected: string | string[] | null;
  /** Ids or titles of documents of which retrieval should find one. */
  documents: string[];
}

const questionSchema = z.object({
  message: z.string().trim().min(1),
  kb_prefix: z.string().default("auto"),
  agent_type: z._default(agentTypeSchema, "auto"),
  history: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.string() })).default([]),
});
const inputSchema = z.union([
  z.string().transform((message) => ({ message })),
  z.record(z.string(), z.unknown()),
]);
const answerSchema = z.union([z.string(), z.array(z.string())]);
const expectedSchema = z.union([
  z.object({ answer: answerSchema, documents: z.array(z.string()).optional() }),
  answerSchema.transform((answer) => ({ answer })),
]);
const metadataSchema = z.object({ documents: z.array(z.string()).optional() });

/**
 * An item of a Langfuse dataset: its input a question or an object with `message`, its expected output a text,
 * a list of phrases, or an object with `answer` and `documents`. Throws an error that names the item.
 */
export function fromDatasetItem({ id, input, expectedOutput, metadata }: DatasetItem): ExperimentItem {
  const question = questionSchema.safeParse(inputSchema.safeParse(input).data);
  if (!question.success) throw new Error(`item ${id}: ${describe(question.error)}`);
  const expected = expectedSchema.safeParse(expectedOutput).data;
  const listed = expected && "documents" in expected ? expected.documents : undefined;
  const documents = listed ?? metadataSchema.safeParse(metadata).data?.documents ?? [];
  return { id, ...question.data, expected: expected?.answer ?? null, documents };
}

const lineSchema = questionSchema.extend({
  id: z.union([z.string(), z.number()]).transform(String).optional(),
  expected: answerSchema.nullish(),
  documents: z.array(z.string()).default([]),
});

/** Items of a file with one JSON object a line. Throws an error that names the line. */
export function parseExperimentFile(text: string): ExperimentItem[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, at: index + 1 }));
  return lines
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, at }) => {
      const { data, error } = lineSchema.safeParse(toJson(line));
      if (!data) throw new Error(`line ${at}: ${describe(error)}`);
      return { ...data, id: data.id ?? String(at), expected: data.expected ?? null };
    });
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join(".");
  return `${path ? `${path}: ` : ""}${issue?.message ?? "cannot be read"}`;
}
