import { VisuallyHidden } from '@mantine/core';
import type { Segment } from '../../api/types';

type Props = { segments: Segment[]; marked?: boolean; removed?: boolean };

/** Rubric text with its new words marked and, on demand, its removed words. */
export function Segments({ segments, marked = true, removed = false }: Props) {
  const shown = segments.filter((segment) => removed || segment.change !== 'removed');
  return (
    <>
      {shown.map((segment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, never reordered
        <SegmentText key={index} segment={segment} marked={marked} />
      ))}
    </>
  );
}

function SegmentText({ segment, marked }: { segment: Segment; marked: boolean }) {
  if (segment.change === 'removed') return <del>{segment.text}</del>;
  if (segment.change === 'same' || !marked) return segment.text;
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(segment.text) ?? [];
  return (
    <>
      {before}
      <ins>
        <VisuallyHidden component="span">new: </VisuallyHidden>
        {words}
      </ins>
      {after}
    </>
  );
}
