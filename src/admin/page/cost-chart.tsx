import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { CostSeries } from "./to-cost-table.ts";

interface CostChartProps {
  /** Beginnings of days in UTC, in seconds. */
  readonly days: readonly number[];
  readonly series: readonly CostSeries[];
}

/** Costs over time, the models on top of each other. For the eye only: tables say the same. */
export function CostChart({ days, series }: CostChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let chart: uPlot | undefined;
    const draw = () => {
      chart?.destroy();
      chart = new uPlot(toOptions(element, series), [[...days], ...stack(series)] as uPlot.AlignedData, element);
    };
    draw();
    const sizes = new ResizeObserver(([entry]) => entry && chart?.setSize({ width: entry.contentRect.width, height: 260 }));
    sizes.observe(element);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener("change", draw);
      chart?.destroy();
    };
  }, [days, series]);
  return <div ref={place} class="chart" aria-hidden="true" />;
}

const wholeDays = [1, 2, 3, 5, 7, 14, 30].map((days) => days * 86_400);

function toOptions(element: HTMLElement, series: readonly CostSeries[]): uPlot.Options {
  const style = getComputedStyle(element);
  const ink = style.getPropertyValue("--soft").trim();
  const edge = style.getPropertyValue("--edge").trim();
  const axis = { stroke: ink, grid: { stroke: edge, width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
  const bars = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.15 });
  return {
    width: element.clientWidth,
    height: 260,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: (_, from, to) => [from - 43_200, to + 43_200] },
      y: { range: (_, __, most) => [0, Math.max(most * 1.1, 0.01)] },
    },
    axes: [
      { ...axis, grid: { show: false }, incrs: [...wholeDays], values: (_, ticks) => ticks.map(toDay) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map((value) => `$${value.toFixed(2)}`) },
    ],
    series: [
      {},
      // The tallest first, so that each bar covers the foot of the one behind it.
      ...[...series].reverse().map(({ label, color }) => ({
        label,
        fill: color,
        stroke: color,
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars }),
      })),
    ],
  };
}

/** Dollars, each with those below it; the highest first. */
function stack(series: readonly CostSeries[]): number[][] {
  const sums: number[][] = [];
  for (const { microUsd } of series) {
    const below = sums.at(-1);
    sums.push(microUsd.map((value, index) => value / 1e6 + (below?.[index] ?? 0)));
  }
  return sums.reverse();
}

function toDay(seconds: number): string {
  return new Date(seconds * 1000).toLocaleDateString("en", { day: "numeric", month: "short", timeZone: "UTC" });
}
