import { z } from "zod";
import { MAX_UPLOAD_FILES } from "@/lib/domain/document";
import { MAX_FILE_BYTES } from "@/lib/domain/document-file";
import { queryInteger } from "@/lib/http/query-number";
import { readFiles } from "@/lib/http/read-files";
import { parseWith, queryOf } from "@/lib/http/read-json";
import { requireBase } from "@/lib/http/require-document";
import { routes } from "@/lib/http/routes";
import { pageDocuments } from "@/lib/retrieval/page-documents";
import { requireRole } from "@/lib/security/access";

const querySchema = z.strictObject({
  q: z.string().max(500).optional(),
  before: z.string().max(500).optional(),
  limit: queryInteger(1, 100).default(50),
});

/** A little more than the largest files, for the lines between them. */
const UPLOAD = { field: "files", files: MAX_UPLOAD_FILES, bytes: MAX_UPLOAD_FILES * (MAX_FILE_BYTES + 4096) };

/** The documents of a knowledge base, by name, and new ones. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes<{ prefix: string }>({
  async GET({ request, params, runtime }) {
    const query = parseWith(querySchema, queryOf(request));
    await requireBase(params.prefix, runtime);
    return Response.json(pageDocuments(await runtime.index.documents(params.prefix), query));
  },
  async POST({ request, params, caller, runtime }) {
    requireRole(caller, "admin");
    await requireBase(params.prefix, runtime);
    const jobs = await runtime.ingest.upload(params.prefix, (take) => readFiles(request, UPLOAD, take));
    return Response.json({ jobs }, { status: 202 });
  },
});
