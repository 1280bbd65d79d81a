import { finished, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import Busboy, { type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
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
    let broken: unknown = null;
    content.once("error", (error) => {
      broken = error;
    });
    const taken = take({ name: filename ?? "", content });
    taking.push(taken.catch((error: unknown) => fail(error === broken ? toBodyError(error) : error)));
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

function openParser(request: Request, limits: FilesLimits): BusboyInstance {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw new AppError("unsupported_media_type", "Send the files as multipart/form-data.");
  }
  try {
    return new Busboy({
      headers: { "content-type": type },
      preservePath: true,
      limits: { files: limits.files, fields: 1, fieldSize: 1024 },
    });
  } catch (cause) {
    throw new AppError("invalid_request", NOT_WHOLE, { cause });
  }
}

const NOT_WHOLE = "The body is not a whole multipart form.";

/** The body, as long as it is not larger than allowed. */
function limitBody(request: Request, maxBytes: number): Readable {
  return Readable.from(
    (async function* () {
      let bytes = 0;
      for await (const chunk of request.body ?? []) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) throw tooLarge(maxBytes);
        yield chunk;
      }
    })(),
  );
}

function tooLarge(maxBytes: number): AppError {
  const megabytes = Math.round(maxBytes / 1024 / 1024);
  return new AppError("payload_too_large", `The body is larger than ${megabytes} MB; send fewer files.`);
}

function toBodyError(cause: unknown): unknown {
  return cause instanceof AppError ? cause : new AppError("invalid_request", NOT_WHOLE, { cause });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
