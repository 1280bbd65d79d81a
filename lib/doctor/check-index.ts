import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "@/lib/env";
import { indexAddress } from "@/lib/index-address";
import { checkIndex as findDamage } from "@/lib/retrieval/index/check-index";
import { connectLance } from "@/lib/retrieval/index/lance-table";
import { openPassageTable } from "@/lib/retrieval/index/passage-table";
import { type Finding, fail, ok, warn } from "./finding";

/** Opens the index as the server does, without making one or repairing it. */
export async function checkIndex(settings: Settings): Promise<Finding> {
  const address = indexAddress(settings);
  const folder = join(settings.DATA_DIR, "index");
  if (!address && !existsSync(folder)) return ok("index", "not there yet; the first start makes it");
  const broken = address
    ? fail(
        "index",
        "the index at INDEX_URI cannot be read",
        "check INDEX_URI, its AWS_ settings and the storage",
      )
    : fail(
        "index",
        "the index in DATA_DIR is damaged",
        "put its backup in its place; else the next start makes a new one, without uploaded documents",
      );
  try {
    const database = await connectLance(address?.uri ?? folder, address?.storageOptions);
    try {
      if ((await findDamage(database)) !== null) return broken;
      const passages = await (await openPassageTable(database))?.count();
      if (!passages) return warn("index", "it has no passage", "start Sidetrace once, or npm run ingest");
      return ok("index", `${passages} passages`);
    } finally {
      database.close();
    }
  } catch {
    return broken;
  }
}
