"use client";

import { AlertDialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { useReturnFocus } from "./use-return-focus";

interface ConfirmDialogProps {
  title: string;
  /** What follows from it. */
  text: ReactNode;
  confirmLabel: string;
  /** In place of `confirmLabel` while it is being done. */
  busyLabel: string;
  cancelLabel: string;
  /** False while something is to be filled in first. */
  ready?: boolean;
  /** Resolves with what went wrong, one sentence, or null when it is done. */
  onConfirm(): Promise<string | null>;
  /** Called when the dialog is to go, done or not. */
  onClose(): void;
  children?: ReactNode;
}

/** Asks before something that cannot be undone, and stays open when it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    title,
    text,
    confirmLabel,
    busyLabel,
    cancelLabel,
    ready = true,
    onConfirm,
    onClose,
    children,
  } = props;
  const returnFocus = useReturnFocus();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const confirm = async () => {
    if (busy || !ready) return;
    setBusy(true);
    const problem = await onConfirm();
    setBusy(false);
    setFailure(problem);
    if (problem === null) onClose();
  };
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && !busy && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <AlertDialog.Content
          {...returnFocus}
          className="fixed top-[16vh] left-1/2 z-50 grid w-[calc(100vw-24px)] max-w-110 -translate-x-1/2 animate-appear gap-3 rounded-bubble bg-bg0 p-4 shadow-overlay outline-none dark:bg-bg1"
        >
          <AlertDialog.Title className="break-words font-semibold text-dense">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-fg1">{text}</AlertDialog.Description>
          <form
            className="grid gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void confirm();
            }}
          >
            {children}
            {failure ? (
              <p role="alert" className="text-err">
                {failure}
              </p>
            ) : null}
            <div className="flex justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button disabled={busy}>{cancelLabel}</Button>
              </AlertDialog.Cancel>
              <Button type="submit" variant="danger" disabled={busy || !ready}>
                {busy ? busyLabel : confirmLabel}
              </Button>
            </div>
          </form>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
