import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { postStop } from "@/components/chat/stream/stream-requests";
import { Icon } from "@/components/ui/icon";
import type { RunRecord } from "@/lib/domain/run-record";
import { shortId } from "./short-id";
import { keepReading } from "./start-replay";

interface ReplayNoteProps {
  record: RunRecord;
  onSelectRequest(requestId: string): void;
}

const ACTION = "font-medium underline underline-offset-2 hover:text-fg0 disabled:opacity-50 max-sm:min-h-9";

/** Says of a replay what it replays, and stops it; nothing for other runs. */
export function ReplayNote({ record, onSelectRequest }: ReplayNoteProps) {
  const { replay_of, request_id, status } = record;
  const running = status === "running";
  useEffect(() => {
    if (replay_of !== null && running) keepReading(request_id);
  }, [replay_of, request_id, running]);
  if (replay_of === null) return null;
  return <Note key={request_id} {...{ record, onSelectRequest }} original={replay_of} running={running} />;
}

function Note(props: ReplayNoteProps & { original: string; running: boolean }) {
  const { record, original, running, onSelectRequest } = props;
  const t = useTranslations("debug.replay");
  const [stop, setStop] = useState<"idle" | "sent" | "failed">("idle");
  const send = async () => {
    setStop("sent");
    const answer = await postStop(fetch, record.request_id).catch(() => null);
    if (!answer?.ok) setStop("failed");
  };
  return (
    <div className="flex min-h-8 flex-none items-center gap-2 border-line border-t bg-bg1 px-3 py-1 text-fg1 text-meta">
      <Icon of={RotateCcw} size={14} className="text-fg2" />
      <span className="min-w-0 flex-1">
        {t.rich("of", {
          id: shortId(original),
          original: (id) => (
            <button
              type="button"
              title={original}
              onClick={() => onSelectRequest(original)}
              className={ACTION}
            >
              <span className="mono">{id}</span>
            </button>
          ),
        })}
      </span>
      {stop === "failed" ? (
        <span role="alert" className="text-err">
          {t("notStopped")}
        </span>
      ) : null}
      {running ? (
        <button type="button" onClick={() => void send()} disabled={stop === "sent"} className={ACTION}>
          {t(stop === "sent" ? "stopping" : "stop")}
        </button>
      ) : null}
    </div>
  );
}
