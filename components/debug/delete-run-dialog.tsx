import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";

interface DeleteRunDialogProps {
  onDelete(): Promise<void>;
  onClose(): void;
}

/** Asks first: what is deleted here cannot be had back. */
export function DeleteRunDialog({ onDelete, onClose }: DeleteRunDialogProps) {
  const t = useTranslations();
  const [state, setState] = useState<"asking" | "deleting" | "failed">("asking");
  const remove = () => {
    setState("deleting");
    onDelete().then(onClose, () => setState("failed"));
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("debug.delete.title")}
        closeLabel={t("common.close")}
        // A dialog of the panel lies elsewhere in the page; its keys come by at the panel all the same.
        onKeyDown={(event) => event.stopPropagation()}
      >
        <div className="grid gap-4 p-4">
          <p>{t("debug.delete.text")}</p>
          {state === "failed" ? (
            <p role="alert" className="text-err">
              {t("debug.delete.failed")}
            </p>
          ) : null}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button variant="danger" disabled={state === "deleting"} onClick={remove}>
              {t("debug.delete.confirm")}
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
