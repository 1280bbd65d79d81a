import { toApiFailure } from "@/components/chat/data/api-client";
import { type AcceptedJob, acceptedJobsSchema } from "@/lib/domain/job";

export interface NamedFile {
  /** The document's name: the file's, with its folder where one was chosen. */
  name: string;
  file: File;
}

/**
 * Sends files to a knowledge base in one request; `onSent` hears of the bytes of content that have gone.
 * Rejects with `ApiFailure` when the server refuses, `TypeError` when it cannot be reached. (A plain `fetch`
 * does not tell how much of a body has gone.)
 */
export function sendFiles(
  kbPrefix: string,
  files: readonly NamedFile[],
  onSent: (bytes: number) => void,
): Promise<AcceptedJob[]> {
  const form = new FormData();
  for (const { name, file } of files) form.append("files", file, name);
  const content = files.reduce((sum, { file }) => sum + file.size, 0);
  const { promise, resolve, reject } = Promise.withResolvers<AcceptedJob[]>();
  const call = new XMLHttpRequest();
  call.open("POST", `/api/knowledge-bases/${kbPrefix}/documents`);
  call.responseType = "json";
  call.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 0 : (loaded / total) * content);
  call.onload = async () => {
    const accepted = acceptedJobsSchema.safeParse(call.response);
    if (call.status === 202 && accepted.success) resolve(accepted.data.jobs);
    else reject(await toApiFailure(call, call.response));
  };
  call.onerror = () => reject(new TypeError("The server could not be reached."));
  call.onabort = call.onerror;
  call.send(form);
  return promise;
}
