import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Client } from "./ask";
import { createDocuments } from "./documents";

/** Files of a test in a folder of their own. */
export interface TestFiles extends Disposable {
  folder: string;
  path(name: string): string;
}

export async function createFiles(files: Record<string, string>): Promise<TestFiles> {
  const folder = mkdtempSync(join(tmpdir(), "sidetrace-files-"));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return {
    folder,
    path: (name) => join(folder, name),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const GARDEN = { prefix: "garden", title: "Garden club" };
export const ROSES =
  "# Roses\n\n## Watering\n\nThe Zephirine roses are watered every Thursday evening with rain water.\n";

/** A knowledge base with one document, made by API; one of an earlier test is replaced. */
export async function makeGarden(admin: Client): Promise<void> {
  await admin.fetch(`/api/knowledge-bases/${GARDEN.prefix}`, { method: "DELETE" });
  const headers = { "content-type": "application/json" };
  const made = await admin.fetch("/api/knowledge-bases", {
    method: "POST",
    headers,
    body: JSON.stringify(GARDEN),
  });
  expect(made.status).toBe(201);
  const documents = createDocuments(admin);
  const { jobs } = await documents.send(GARDEN.prefix, { "roses.md": ROSES });
  const ended = await documents.ended(jobs);
  expect(ended.map(({ state }) => state)).toEqual(["done"]);
}

/** Drops files on the page as a mouse would. */
export async function dropFiles(page: Page, files: Record<string, string>): Promise<void> {
  const dropped = await page.evaluateHandle((contents) => {
    const data = new DataTransfer();
    for (const [name, content] of Object.entries(contents)) data.items.add(new File([content], name));
    return data;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"])
    await page.dispatchEvent("body", type, { dataTransfer: dropped });
}
