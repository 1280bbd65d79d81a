import {
  ArrowUpRight,
  Check,
  ClipboardList,
  Download,
  Ellipsis,
  ListPlus,
  Trash2,
  Upload,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { useMe } from "@/components/chat/data/use-me";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from "@/components/ui/menu";
import { useCopy } from "@/components/ui/use-copy";
import type { RunRecord } from "@/lib/domain/run-record";
import { sessionUrlOf } from "@/lib/run-view/session-url";
import { DeleteRunDialog } from "./delete-run-dialog";

/** Few turns become items: its code comes when somebody asks for it. */
const DatasetDialog = lazy(async () => {
  const { DatasetDialog: dialog } = await import("./dataset/dataset-dialog");
  return { default: dialog };
});

interface PanelMenuProps {
  requestId: string;
  /** Null while nothing is known of the run. */
  record: RunRecord | null;
  /** The server has the run: it can be exported. */
  stored: boolean;
  /** Nothing is added to the run any more: it can be deleted. */
  ended: boolean;
  /** It was loaded from Langfuse: there is nothing here to delete. */
  archived: boolean;
  onImport(): void;
  onDelete(): Promise<void>;
}

/** What can be done with the request besides looking at it. */
export function PanelMenu(props: PanelMenuProps) {
  const { requestId, record, stored, ended, archived, onImport, onDelete } = props;
  const t = useTranslations("debug.header");
  const { copied, copy } = useCopy();
  const dataset = useTranslations("debug.dataset");
  const traced = useMe()?.recording.langfuse === true;
  const [deleting, setDeleting] = useState(false);
  const [collecting, setCollecting] = useState(false);
  const sessionUrl = record && sessionUrlOf(record);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <IconButton icon={Ellipsis} label={t("more")} />
        </MenuTrigger>
        <MenuContent align="end">
          {sessionUrl ? (
            <MenuItem asChild>
              <a href={sessionUrl} target="_blank" rel="noopener noreferrer">
                <Icon of={ArrowUpRight} size={14} className="text-fg2" />
                {t("session")}
              </a>
            </MenuItem>
          ) : null}
          <MenuItem asChild disabled={!stored}>
            <a
              href={`/api/debug/${encodeURIComponent(requestId)}?view=record`}
              download={`sidetrace-run-${requestId.slice(0, 8)}.json`}
            >
              <Icon of={Download} size={14} className="text-fg2" />
              {t("export")}
            </a>
          </MenuItem>
          <MenuItem
            icon={copied ? Check : ClipboardList}
            disabled={record === null}
            onSelect={(event) => {
              // The menu stays to say that it is done.
              event.preventDefault();
              if (record) void import("./bug-report-of").then(({ bugReportOf }) => copy(bugReportOf(record)));
            }}
          >
            {copied ? t("reportCopied") : t("bugReport")}
          </MenuItem>
          {traced ? (
            <MenuItem
              icon={ListPlus}
              disabled={!(stored && ended)}
              onSelect={() => setTimeout(() => setCollecting(true))}
            >
              {dataset("open")}
            </MenuItem>
          ) : null}
          <MenuItem icon={Upload} onSelect={onImport}>
            {t("import")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={Trash2}
            danger
            disabled={!(stored && ended) || archived}
            // The menu hands the focus back as it closes; the dialog has to come after that.
            onSelect={() => setTimeout(() => setDeleting(true))}
          >
            {t("delete")}
          </MenuItem>
        </MenuContent>
      </Menu>
      {collecting ? (
        <Suspense>
          <DatasetDialog requestId={requestId} onClose={() => setCollecting(false)} />
        </Suspense>
      ) : null}
      {deleting ? <DeleteRunDialog onDelete={onDelete} onClose={() => setDeleting(false)} /> : null}
    </>
  );
}
