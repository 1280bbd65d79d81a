import { statusOf } from "../run-state";

/** Why a file was not imported; `detail` is the server's own sentence. */
export interface ImportProblem {
  kind: "tooLarge" | "notJson" | "later" | "notARun" | "running" | "failed";
  detail: string | null;
}

/** As large as the server takes. */
const MAX_BYTES = 10_000_000;
/** The export format that this page was made for. */
const FORMAT = 1;

/** What can be said of a file before it is read whole; null when nothing speaks against it. */
export function checkSize(bytes: number): ImportProblem | null {
  return bytes > MAX_BYTES ? problem("tooLarge") : null;
}

/** What can be said of a file's text before it is sent. */
export function checkText(text: string): ImportProblem | null {
  try {
    return checkRecord(JSON.parse(text));
  } catch {
    return problem("notJson");
  }
}

function checkRecord(value: unknown): ImportProblem | null {
  if (typeof value !== "object" || value === null) return problem("notARun");
  const { v, status } = value as { v?: unknown; status?: unknown };
  if (typeof v !== "number") return problem("notARun");
  if (v > FORMAT) return problem("later");
  return status === "running" ? problem("running") : null;
}

/** What the server's refusal means. */
export function toImportProblem(error: unknown): ImportProblem {
  const detail = error instanceof Error && statusOf(error) !== null ? error.message : null;
  switch (statusOf(error)) {
    case 400:
      return { kind: "notARun", detail };
    case 413:
      return problem("tooLarge");
    default:
      return { kind: "failed", detail };
  }
}

function problem(kind: ImportProblem["kind"]): ImportProblem {
  return { kind, detail: null };
}
