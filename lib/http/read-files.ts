import { finished, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { AppError } from "@/lib/errors";

export interface FilesLimits {
  /** The field that holds files; there may be no other. */
  field: string;
  files: number;
  /** Of the whole body. */
  bytes: number;
}

type TakeFile = (file: { name: string; content: Readable }) => Promise<void>;

/**
 * Streams the files of a multipart body to `take`, in their order; never more of them than a buffer is in
 * memory. Rejects, when every call of `take` has ended, with the first error of those, or for a body that is no
 * multipart, is incomplete, has other fields, or more files or bytes than allowed.
 */
export async function readFiles(request: Request, limits: FilesLimits, take: TakeFile): Promise<void> {
  const parser = openParser(request, limits);
  const failure = new AbortController();
  const fail = (error: unknown) => failure.abort(error);
  const open = new Set<BusboyFileStream>();
  const taking: Promise<void>[] = [];
  const refuse = (code: "invalid_request" | "payload_too_large", message: string) =>
    fail(new AppError(code, message));

  parser.on("file", (field, content, filename) => {
    open.add(content);
    finished(content, () => open.delete(content));
    if (field !== limits.field) {
      content.resume();
      return refuse("invalid_request", `${field}: unknown key`);
    }
    const taken = take({ name: filename ?? "", content });
    taking.push(taken.catch(fail));
  });
  parser.on("field", (field) => refuse("invalid_request", `${field}: unknown key`));
  parser.on("filesLimit", () =>
    refuse("payload_too_large", `A request may have ${limits.files} files; send the others in another one.`),
  );
  try {
    await pipeline(limitBody(request, limits.bytes), parser, { signal: failure.signal });
  } catch (cause) {
    if (!failure.signal.aborted) fail(toBodyError(cause));
  }
  for (const content of open) if (failure.signal.aborted) content.destroy(toError(failure.signal.reason));
  await Promise.all(taking);
  failure.signal.throwIfAborted();
}
