import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import { knowledgeBaseSchema } from "@/lib/domain/knowledge-base";
import { indexError } from "@/lib/retrieval/index/index-error";
import type { SourceDocument } from "./document-rows";

const MANIFEST = "knowledge-bases.json";

const bundledBaseSchema = knowledgeBaseSchema.extend({
  /** Folders below docs/ whose Markdown belongs to it. */
  folders: z.array(z.string()),
});
export type BundledBase = z.infer<typeof bundledBaseSchema>;

/** Reads `knowledge-bases.json` in `docsDir`: the knowledge bases that come with the product. */
export async function readBundledBases(docsDir: string): Promise<BundledBase[]> {
  try {
    return z.array(bundledBaseSchema).parse(JSON.parse(await readFile(join(docsDir, MANIFEST), "utf8")));
  } catch (cause) {
    throw indexError(`docs/${MANIFEST} is missing or not as expected.`, { cause });
  }
}

/** Reads the Markdown of a bundled knowledge base; names are relative to `docsDir`, in a fixed order. */
export async function readBundledDocuments(docsDir: string, base: BundledBase): Promise<SourceDocument[]> {
  const files = (
    await Promise.all(base.folders.map((folder) => markdownFiles(join(docsDir, folder))))
  ).flat();
  return Promise.all(
    files.map(async (file) => ({
      kbPrefix: base.prefix,
      name: relative(docsDir, file).split(sep).join("/"),
      source: await readFile(file, "utf8"),
      origin: "bundled" as const,
    })),
  );
}

async function markdownFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw indexError("A folder named in docs/knowledge-bases.json is missing.", { cause });
  });
  return names
    .filter((name) => /\.mdx?$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
