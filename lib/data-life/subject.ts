import { z } from "zod";
import { sessionIdSchema } from "@/lib/domain/ids";

const documentSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}\/d[0-9a-f]{20}$/, "expected <knowledge base>/<document id>")
  .transform((place) => {
    const [kbPrefix = "", documentId = ""] = place.split("/");
    return { kind: "document" as const, kbPrefix, documentId };
  });

/** Whose data is to go: all of a browser, one conversation, or one document. */
export const subjectSchema = z.union([
  z.strictObject({ user: z.uuid() }).transform(({ user }) => ({ kind: "user" as const, browserId: user })),
  z
    .strictObject({ session: sessionIdSchema })
    .transform(({ session }) => ({ kind: "session" as const, sessionId: session })),
  z.strictObject({ document: documentSchema }).transform(({ document }) => document),
]);
export type Subject = z.infer<typeof subjectSchema>;
