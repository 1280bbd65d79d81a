"use client";

import { useBase } from "../data/use-base";
import { BaseDialog } from "./base-dialog";
import { DeleteBaseDialog } from "./delete-base-dialog";

/** What an administrator does to knowledge bases as wholes. */
export type BaseAction =
  | { type: "create" }
  | { type: "edit"; prefix: string }
  | { type: "delete"; prefix: string };

interface BaseDialogsProps {
  action: BaseAction | null;
  onClose(): void;
  onDeleted?(): void;
}

/** The dialog of an action, with the knowledge base as it is now. */
export function BaseDialogs({ action, onClose, onDeleted }: BaseDialogsProps) {
  const loaded = useBase(action === null || action.type === "create" ? null : action.prefix);
  if (action === null) return null;
  if (action.type === "create") return <BaseDialog base={null} onClose={onClose} />;
  if (loaded.state !== "ready") return null;
  return action.type === "edit" ? (
    <BaseDialog base={loaded.value} onClose={onClose} />
  ) : (
    <DeleteBaseDialog base={loaded.value} onClose={onClose} onDeleted={onDeleted} />
  );
}
