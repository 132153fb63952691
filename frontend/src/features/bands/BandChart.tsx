import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { BandRow } from '../../api/types';
import { colour } from '../../theme/tokens';
import { bandChartOption } from './chartOption';
import { axisHeight, rowHeight } from './geometry';

use([CustomChart, ScatterChart, GridComponent, CanvasRenderer]);

type Props = { rows: BandRow[]; focused: number; onFocus: (index: number) => void };

function useChart(onFocus: (index: number) => void, total: number) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef({ onFocus, total });
  latest.current = { onFocus, total };
  useEffect(() => {
    if (!frame.current) return undefined;
    const made = init(frame.current, undefined, { renderer: 'canvas' });
    chart.current = made;
    made.getZr().on('mousemove', ({ offsetY }: { offsetY: number }) => {
      const index = Math.floor((offsetY - axisHeight) / rowHeight);
      if (index >= 0 && index < latest.current.total) latest.current.onFocus(index);
    });
    const resize = new ResizeObserver(() => made.resize());
    resize.observe(frame.current);
    return () => {
      resize.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  return { frame, chart };
}

/** The canvas only; the list of rows beside it is what keyboards and screen readers use. */
export default function BandChart({ rows, focused, onFocus }: Props) {
  const scheme = useComputedColorScheme('light');
  const still = useReducedMotion();
  const { frame, chart } = useChart(onFocus, rows.length);
  useEffect(() => {
    const ink = (token: Parameters<typeof colour>[0]) => colour(token, scheme);
    chart.current?.setOption(bandChartOption(rows, focused, ink, still), { notMerge: true });
  }, [rows, focused, scheme, still, chart]);
  return (
    <div
      ref={frame}
      aria-hidden="true"
      style={{ height: axisHeight + rows.length * rowHeight + 8 }}
    />
  );
}
