import { formatCount } from "@/lib/run-view/format";
import type { TrendView } from "./build-trend";
import { TREND_COLOURS } from "./trend-colours";

const HEIGHT = 160;
const WIDTH = 1000;
/** Of a stretch's width; the rest keeps the bars apart. */
const FILL = 0.8;

interface TrendBarsProps {
  view: TrendView;
  /** What a screen reader says in its place; the table has the figures. */
  label: string;
  format(at: number): string;
}

/** Stacked bars, one for each stretch of time. */
export function TrendBars({ view, label, format }: TrendBarsProps) {
  const { starts, max } = view;
  const middle = starts[Math.floor((starts.length - 1) / 2)];
  const marks = [
    starts[0],
    starts.length > 2 ? middle : undefined,
    starts.length > 1 ? starts.at(-1) : undefined,
  ];
  return (
    <figure className="m-0 grid min-w-0 grid-cols-1 gap-1">
      <div className="flex items-start gap-2">
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-40 w-0 min-w-0 flex-1 border-line2 border-b"
        >
          <line
            x1="0"
            y1="0.5"
            x2={WIDTH}
            y2="0.5"
            className="stroke-line"
            vectorEffect="non-scaling-stroke"
          />
          {starts.map((start, at) => (
            <Bar key={start} view={view} at={at} name={format(start)} />
          ))}
        </svg>
        <span aria-hidden className="-mt-1 min-w-10 flex-none text-fg2 text-label tabular-nums">
          {formatCount(max)}
        </span>
      </div>
      <div aria-hidden className="mr-12 flex justify-between gap-2 text-fg2 text-label tabular-nums">
        {marks.map((mark) => (mark === undefined ? null : <span key={mark}>{format(mark)}</span>))}
      </div>
    </figure>
  );
}

function Bar({ view: { starts, series, max }, at, name }: { view: TrendView; at: number; name: string }) {
  const step = WIDTH / starts.length;
  const values = series.map(({ values: all }) => all[at] ?? 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return null;
  const scale = HEIGHT / max;
  return (
    <g>
      <title>{`${name}: ${formatCount(total)}`}</title>
      {values.map((value, n) => {
        const below = values.slice(0, n).reduce((sum, one) => sum + one, 0);
        if (value === 0) return null;
        return (
          <rect
            key={TREND_COLOURS[n]}
            x={at * step + (step * (1 - FILL)) / 2}
            y={HEIGHT - (below + value) * scale}
            width={step * FILL}
            height={value * scale}
            style={{ fill: TREND_COLOURS[n] }}
          />
        );
      })}
    </g>
  );
}
