import { ArrowUpRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { SkeletonRows } from "@/components/ui/skeleton-rows";
import type { DatasetAdded } from "@/lib/domain/dataset";
import { DatasetForm } from "./dataset-form";
import { useDataset } from "./use-dataset";

interface DatasetDialogProps {
  requestId: string;
  onClose(): void;
}

/** Makes the turn an item of a Langfuse dataset. */
export function DatasetDialog({ requestId, onClose }: DatasetDialogProps) {
  const t = useTranslations();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("debug.dataset.title")}
        closeLabel={t("common.close")}
        // A dialog of the panel lies elsewhere in the page; its keys come by at the panel all the same.
        onKeyDown={(event) => event.stopPropagation()}
      >
        <div className="min-h-0 overflow-y-auto p-4">
          <Content requestId={requestId} onClose={onClose} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Content({ requestId, onClose }: DatasetDialogProps) {
  const t = useTranslations("debug.dataset");
  const { state, add, reload } = useDataset(requestId);
  switch (state.kind) {
    case "loading":
      return <SkeletonRows rows={4} label={t("loading")} />;
    case "failed":
      return (
        <div role="alert" className="grid justify-items-start gap-3">
          <p>{t("failed", { reason: state.reason ?? t("unknown") })}</p>
          <Button onClick={reload}>{t("retry")}</Button>
        </div>
      );
    case "ready":
      return <DatasetForm {...state} onAdd={add} onCancel={onClose} />;
    case "added":
      return <Added added={state.added} onClose={onClose} />;
  }
}

function Added({ added: { dataset, url }, onClose }: { added: DatasetAdded; onClose(): void }) {
  const t = useTranslations("debug.dataset");
  return (
    <div className="grid gap-4">
      <p role="status">{t("added", { dataset })}</p>
      <div className="flex flex-wrap justify-end gap-2">
        {url === null ? null : (
          <Button asChild>
            <a href={url} target="_blank" rel="noopener noreferrer">
              {t("show")}
              <Icon of={ArrowUpRight} size={14} />
            </a>
          </Button>
        )}
        <Button variant="primary" autoFocus onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </div>
  );
}
