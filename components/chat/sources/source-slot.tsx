"use client";

import { SidePlace } from "../side-place";
import SourcePanel, { type SourcePanelProps } from "./source-panel";

const WIDTH = { docked: "w-[clamp(320px,34vw,520px)] min-w-80", overlay: "w-130", sheet: "" } as const;

/** The source panel at its place. */
export default function SourceSlot(props: SourcePanelProps) {
  const { mode, onClose } = props;
  return (
    <SidePlace mode={mode} className={WIDTH[mode]} onClose={onClose}>
      <SourcePanel {...props} />
    </SidePlace>
  );
}
