import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { connectLance } from "./index/lance-table";
import { createPassageTable, indexPassages, openPassageTable } from "./index/passage-table";
import { documentRows } from "./ingest/document-rows";

const ROUNDS = 30;
const seenSchema = z.object({
  searches: z.number(),
  rounds: z.number(),
  last: z.number(),
  wrong: z.array(z.string()),
});

/** An index with a document in its round 0 and others. */
async function makeIndex(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "several-processes-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const database = await connectLance(folder);
  const sections = Array.from({ length: 3 }, (_, at) => `## Section ${at}\n\nThe lamp in round0 has parts3.`);
  const documents = [
    { name: "lamp.md", source: `# Lamp\n\n${sections.join("\n\n")}` },
    { name: "other.md", source: "# Other\n\nA desk." },
  ];
  const rows = documents.flatMap((document) =>
    documentRows({ ...document, kbPrefix: "kb", origin: "upload" }, (words) => words.length * 10, 0),
  );
  await indexPassages(await createPassageTable(database, rows));
  database.close();
  return folder;
}

function start(folder: string, role: "read" | "write"): ChildProcess {
  const script = join(import.meta.dirname, "testing/index-process-main.ts");
  const resolver = join(import.meta.dirname, "../../scripts/resolve-typescript.mjs");
  const flags = ["--no-warnings", "--import", resolver, script, "--folder", folder, "--role", role];
  const child = spawn(process.execPath, flags, { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function resultOf(child: ChildProcess): Promise<unknown> {
  if (!child.stdout) throw new Error("The process has no output.");
  const [output] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return JSON.parse(output);
}

test("while a third process replaces a document, two others find all of its old or all of its new passages", {
  timeout: 120_000,
}, async () => {
  const folder = await makeIndex();
  const readers = [start(folder, "read"), start(folder, "read")];
  const results = readers.map(resultOf);
  expect(await resultOf(start(folder, "write"))).toEqual({ rounds: ROUNDS });
  for (const reader of readers) reader.stdin?.end();
  for (const result of await Promise.all(results)) {
    const seen = seenSchema.parse(result);
    expect(seen.wrong).toEqual([]);
    expect(seen.searches).toBeGreaterThan(ROUNDS);
    expect(seen.rounds).toBeGreaterThan(1);
  }
  const database = await connectLance(folder);
  const passages = await openPassageTable(database);
  expect(await passages?.count()).toBe(ROUNDS + 3 + 1);
  database.close();
});
