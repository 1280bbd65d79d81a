import { expect, it } from "vitest";
import { runRecordJsonSchema } from "./run-record-json-schema";

it("is what the handbook gives out: write it anew with `npm run test:unit -- lib/domain -u`", async () => {
  const text = `${JSON.stringify(runRecordJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../docs/run-record.schema.json");
});
