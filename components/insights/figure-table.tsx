import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { UNKNOWN } from "@/lib/run-view/format";

interface FigureTableProps {
  caption: string;
  /** Headings; the first is that of the rows' names. */
  columns: readonly string[];
  rows: readonly { key: string; name: ReactNode; cells: readonly string[] }[];
}

const CELL = "whitespace-nowrap border-line border-b px-2.5 py-1.5 text-right first:pl-0 last:pr-0";

/** Names with figures beside them; a narrow screen scrolls it sideways. */
export function FigureTable({ caption, columns, rows }: FigureTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard
    <section className="min-w-0 overflow-x-auto" aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse tabular-nums">
        <caption className="pb-1 text-left font-semibold text-dense">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, at) => (
              <th
                key={column}
                scope="col"
                className={cn(CELL, "font-medium text-fg2 text-label", at === 0 && "text-left!")}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }) => (
            <tr key={key}>
              <th scope="row" className={cn(CELL, "max-w-60 truncate text-left! font-normal")}>
                {name}
              </th>
              {cells.map((cell, at) => (
                <td key={columns[at + 1] ?? at} className={cn(CELL, cell === UNKNOWN && "text-fg2")}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
