import { until } from "@/lib/store/until";
import type { AppServer } from "../support/app-server";
import type { LogFact } from "./fault-row";

/** What an app prints from a place in its output on. */
export interface LogReader {
  /** Waits for a line that says what is expected; throws with the lines that came instead. */
  expect(fact: LogFact, requestId?: string): Promise<LogFact>;
}

type LogLine = Readonly<Record<string, unknown>>;

/** From now on unless told. */
export function readLog(app: AppServer, begin = app.output().length): LogReader {
  const lines = () => app.output().slice(begin).split("\n").flatMap(toLine);
  return {
    async expect(fact, requestId) {
      const isMet = () => lines().some((line) => says(line, fact, requestId));
      await until(isMet).catch(() => {
        throw new Error(`No such line: ${JSON.stringify(fact)}\nin ${JSON.stringify(lines(), null, 1)}`);
      });
      return fact;
    },
  };
}

function toLine(text: string): LogLine[] {
  if (!text.startsWith("{")) return [];
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}

function says(
  line: LogLine,
  { level, msg, fields, request }: LogFact,
  requestId: string | undefined,
): boolean {
  const hasFields = Object.entries(fields).every(([name, value]) => line[name] === value);
  const isOfRequest = !request || (requestId !== undefined && line.request_id === requestId);
  return line.level === level && line.msg === msg && hasFields && isOfRequest;
}
