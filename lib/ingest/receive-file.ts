import { extname } from "node:path";
import { Readable } from "node:stream";
import { ACCEPTED_EXTENSIONS, MAX_FILE_BYTES } from "@/lib/domain/document-file";
import { AppError, type ErrorCode } from "@/lib/errors";
import { toDocumentName } from "./document-name";
import type { UploadFolder } from "./upload-folder";

/** A file on its way to the server. */
export interface IncomingFile {
  /** Path as the sender has it. */
  name: string;
  content: Readable;
}

/** A file that was read to its end. */
export interface ReceivedFile {
  id: string;
  /** Of the document, or as the sender wrote it where it cannot be one. */
  name: string;
  /** Why it was not kept; null when it was. */
  refusal: AppError | null;
}

const ABOUT_FILE: readonly ErrorCode[] = ["payload_too_large", "unsupported_media_type", "invalid_request"];
const SHOWN_NAME_LENGTH = 200;

/** Keeps a file if it can be taken. Throws what is wrong with the server or the connection, not with the file. */
export async function receiveFile(
  file: IncomingFile,
  id: string,
  uploads: UploadFolder,
): Promise<ReceivedFile> {
  let name = file.name.replace(/\p{C}/gu, "�").slice(-SHOWN_NAME_LENGTH);
  try {
    name = toDocumentName(file.name);
    requireAcceptedType(name);
    await uploads.receive(id, Readable.from(limited(file.content)));
    return { id, name, refusal: null };
  } catch (error) {
    if (!(error instanceof AppError) || !ABOUT_FILE.includes(error.code)) throw error;
    file.content.resume();
    return { id, name, refusal: error };
  }
}

/** Throws when there is no file, or none that can be taken: then nobody need look for jobs. */
export function refuseIfAllAreRefused(received: readonly ReceivedFile[]): void {
  const refused = received.flatMap(({ name, refusal }) => (refusal ? [{ name, refusal }] : []));
  if (refused.length < received.length) return;
  const [first] = refused;
  if (!first) throw new AppError("invalid_request", "There is no file in the request; send them as `files`.");
  const issues = refused.map(({ name, refusal }) => ({ path: name, message: refusal.message }));
  throw new AppError(first.refusal.code, first.refusal.message, { issues });
}

function requireAcceptedType(name: string): void {
  if (ACCEPTED_EXTENSIONS.includes(extname(name).toLowerCase())) return;
  const message = `Files of this kind are not read. Take ${ACCEPTED_EXTENSIONS.join(", ")}.`;
  throw new AppError("unsupported_media_type", message);
}

/** Reads to the end even what is too large, so that the files behind it arrive; keeps no more than allowed. */
async function* limited(content: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes <= MAX_FILE_BYTES) yield chunk;
  }
  if (bytes <= MAX_FILE_BYTES) return;
  const megabytes = MAX_FILE_BYTES / 1024 / 1024;
  throw new AppError("payload_too_large", `The file is larger than ${megabytes} MB.`);
}
