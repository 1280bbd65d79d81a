import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

const BUCKET = "index";

export interface S3TestServer extends AsyncDisposable {
  /** A place in the bucket that no other call has given. */
  makeUri(): string;
  /** Where the server is and who may use it, by Lance's names. */
  storageOptions: Record<string, string>;
  /** How many writes were refused because the object was there already. */
  refused(): number;
}

/**
 * A real S3 server on 127.0.0.1 with one bucket. s3rver itself neither honours `If-None-Match` nor writes an
 * object in one step, so requests come to it one after another, and one for an existing object gets the 412
 * that S3 answers.
 */
export async function startS3TestServer(): Promise<S3TestServer> {
  const directory = await mkdtemp(join(tmpdir(), "s3-test-"));
  const s3 = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  await s3.configureBuckets();
  const answer = s3.callback();
  const written = new Set<string>();
  let refusals = 0;
  let places = 0;
  const server = createServer(
    oneByOne((request, response) => {
      const object = `${request.url}`;
      if (request.headers["if-none-match"] === "*" && written.has(object)) {
        refusals += 1;
        request.resume();
        response.writeHead(412).end("<Error><Code>PreconditionFailed</Code></Error>");
        return;
      }
      response.once("finish", () => {
        if (request.method === "PUT" && response.statusCode === 200) written.add(object);
        if (request.method === "DELETE") written.delete(object);
      });
      answer(request, response);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    makeUri: () => `s3://${BUCKET}/place-${++places}`,
    storageOptions: {
      aws_endpoint: `http://127.0.0.1:${portOf(server.address())}`,
      aws_access_key_id: "S3RVER",
      aws_secret_access_key: "S3RVER",
      aws_region: "us-east-1",
      allow_http: "true",
    },
    refused: () => refusals,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function oneByOne(handle: Handler): Handler {
  let last: Promise<unknown> = Promise.resolve();
  return (request, response) => {
    const before = last;
    last = new Promise((resolve) => response.once("close", resolve));
    void before.then(() => handle(request, response));
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("The S3 server has no port.");
  return address.port;
}
