import { importRun, importSchema, MAX_IMPORT_BYTES } from "@/lib/debug/import-run";
import { readJson } from "@/lib/http/read-json";
import { routes } from "@/lib/http/routes";
import { requireRole } from "@/lib/security/access";

/** Takes an exported record and keeps it, read-only, under an id of its own. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = routes({
  async POST({ request, caller, runtime }) {
    requireRole(caller, "debug");
    const record = await readJson(request, importSchema, MAX_IMPORT_BYTES);
    const request_id = await importRun(record, runtime);
    return Response.json({ request_id });
  },
});
