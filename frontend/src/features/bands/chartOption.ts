import type { EChartsCoreOption } from 'echarts/core';
import type { BandRow } from '../../api/types';
import { count as counted, major } from '../../components/format';
import type { Token } from '../../theme/tokens';
import {
  axisHeight,
  extent,
  isManagementTrack,
  jitter,
  quartiles,
  rowHeight,
  startsTrack,
} from './geometry';

export type Ink = (token: Token) => string;
type Api = {
  value: (dimension: number) => number;
  coord: (point: [number, number]) => [number, number];
};
type Params = { coordSys: { x: number; y: number; width: number; height: number } };

const barHeight = 12;

function rectangle(x: number, y: number, width: number, height: number, fill: string) {
  return { type: 'rect', shape: { x, y, width, height }, style: { fill } };
}

function line(x1: number, y1: number, x2: number, y2: number, style: object) {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style };
}

/** The live range: outer quarters, inner half, tick at the midpoint. */
function rangeBar(rows: BandRow[], ink: Ink) {
  return (_: unknown, api: Api) => {
    const index = api.value(0);
    const row = rows[index];
    if (!row) return null;
    const [min, q1, q3, max] = quartiles(row).map((minor) => api.coord([minor, index])[0]) as [
      number,
      number,
      number,
      number,
    ];
    const [mid, y] = api.coord([row.mid, index]);
    const top = y - barHeight / 2;
    const [outer, inner] = isManagementTrack(row)
      ? (['bar-m-outer', 'bar-m-inner'] as const)
      : (['bar-outer', 'bar-inner'] as const);
    return {
      type: 'group',
      children: [
        rectangle(min, top, max - min, barHeight, ink(outer)),
        rectangle(q1, top, q3 - q1, barHeight, ink(inner)),
        line(mid, top - 2, mid, top + barHeight + 2, { stroke: ink('ink'), lineWidth: 2 }),
      ],
    };
  };
}

/** The row in focus behind everything, with guides at its min, mid and max, and a hairline between tracks. */
function background(rows: BandRow[], focused: number, ink: Ink) {
  return (params: Params, api: Api) => {
    const index = api.value(0);
    const { x, y, width, height } = params.coordSys;
    const [, centre] = api.coord([0, index]);
    const top = centre - rowHeight / 2;
    const row = rows[index];
    const children = [];
    if (startsTrack(rows, index)) {
      children.push(line(x, top, x + width, top, { stroke: ink('line2'), lineWidth: 1 }));
    }
    if (row && index === focused) {
      children.push(rectangle(x, top, width, rowHeight, ink('accent-bg')));
      const guide = { stroke: ink('accent'), lineWidth: 1, lineDash: [3, 3], opacity: 0.75 };
      for (const minor of [row.min, row.mid, row.max]) {
        const [at] = api.coord([minor, index]);
        children.push(line(at, y, at, y + height, guide));
      }
    }
    return { type: 'group', children };
  };
}

function words(text: string, x: number, y: number, fill: string, align: string) {
  return {
    type: 'text',
    style: { text, x, y, fill, align, verticalAlign: 'middle', font: '12px Inter Variable' },
  };
}

/** "3 people, hidden" beside a bar, or the counts of the quarters under it. */
function labels(rows: BandRow[], ink: Ink) {
  return (_: unknown, api: Api) => {
    const index = api.value(0);
    const row = rows[index];
    if (!row) return null;
    const at = (minor: number) => api.coord([minor, index]);
    const [left, y] = at(row.min);
    if (row.hidden)
      return words(
        `${counted(row.headcount, 'person', 'people')}, hidden`,
        left - 8,
        y,
        ink('ink2'),
        'right',
      );
    const { buckets } = row;
    if (!buckets) return null;
    const quarter = (row.max - row.min) / 4;
    const inside = [buckets.q1, buckets.q2, buckets.q3, buckets.q4].map((count, part) =>
      words(String(count), at(row.min + quarter * (part + 0.5))[0], y + 13, ink('ink2'), 'center'),
    );
    const [right] = at(row.max);
    return {
      type: 'group',
      children: [
        ...inside,
        ...(buckets.below > 0
          ? [words(String(buckets.below), left - 8, y + 13, ink('bad-ink'), 'right')]
          : []),
        ...(buckets.above > 0
          ? [words(String(buckets.above), right + 8, y + 13, ink('bad-ink'), 'left')]
          : []),
      ],
    };
  };
}

function dot(ink: Ink, pay: number, row: number, index: number) {
  return {
    value: [pay, row],
    symbol: 'circle',
    symbolSize: 6,
    symbolOffset: [0, jitter(index)],
    itemStyle: { color: ink('dot'), borderColor: ink('surface'), borderWidth: 1 },
  };
}

function triangle(ink: Ink, pay: number, row: number, below: boolean) {
  return {
    value: [pay, row],
    symbol: 'triangle',
    symbolSize: 9,
    symbolRotate: below ? 90 : -90,
    itemStyle: { color: ink('bad-ink'), borderColor: ink('surface'), borderWidth: 1 },
  };
}

function people(rows: BandRow[], ink: Ink) {
  return rows.flatMap((row, at) =>
    (row.people ?? []).map(({ pay, bucket }, index) =>
      bucket === 'below' || bucket === 'above'
        ? triangle(ink, pay, at, bucket === 'below')
        : dot(ink, pay, at, index),
    ),
  );
}

function thousands(minor: number, currency: string): string {
  return `${Math.round(major(minor, currency) / 1000)} k`;
}

function axes(rows: BandRow[], ink: Ink): EChartsCoreOption {
  const [min, max] = extent(rows);
  const currency = rows[0]?.currency ?? 'USD';
  return {
    grid: { left: 8, right: 16, top: axisHeight, height: rows.length * rowHeight },
    xAxis: {
      type: 'value',
      position: 'top',
      min,
      max,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: ink('line'), width: 1 } },
      axisLabel: {
        color: ink('ink3'),
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (minor: number) => thousands(minor, currency),
      },
    },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.level), show: false },
  };
}

/** What the canvas draws: bands, midpoints and, with the right to see them, people. */
export function bandChartOption(
  rows: BandRow[],
  focused: number,
  ink: Ink,
  still: boolean,
): EChartsCoreOption {
  const indices = rows.map((_, index) => [index]);
  const custom = { type: 'custom', silent: true, data: indices, encode: { y: 0 } };
  return {
    ...axes(rows, ink),
    animationDuration: still ? 0 : 150,
    animationDurationUpdate: 0,
    textStyle: { fontFamily: 'Inter Variable', fontSize: 12, color: ink('ink3') },
    tooltip: { show: false },
    series: [
      { ...custom, id: 'background', z: 1, renderItem: background(rows, focused, ink) },
      { ...custom, id: 'range', z: 2, renderItem: rangeBar(rows, ink) },
      { ...custom, id: 'labels', z: 4, renderItem: labels(rows, ink) },
      { id: 'people', type: 'scatter', silent: true, z: 3, data: people(rows, ink) },
    ],
  };
}
