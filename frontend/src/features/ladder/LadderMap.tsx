import { useEffect, useId, useRef } from 'react';
import type { Ladder } from '../../api/types';
import { PathLink } from '../../components/links';
import { cx, ui } from '../../components/ui';
import classes from './ladder.module.css';
import { box, mapOf, type Node, pathOf } from './map';
import type { ToLevel } from './paths';

type Props = { ladder: Ladder; own: string | null; to: ToLevel };

/** Tracks and levels as a picture in which each level is a link. It is read out as a list of tracks. */
export function LadderMap({ ladder, own, to }: Props) {
  const map = mapOf(ladder);
  const head = useId();
  const frame = useRef<HTMLElement>(null);
  const ownX = map.nodes.find(({ level }) => level.code === own)?.x ?? 0;
  useEffect(() => {
    if (frame.current)
      frame.current.scrollLeft = ownX - (frame.current.clientWidth - box.width) / 2;
  }, [ownX]);
  return (
    <section className={classes.map} aria-label="Map of levels" ref={frame}>
      <div className={classes.mapBoard} style={{ width: map.width, height: map.height }}>
        <svg width={map.width} height={map.height} aria-hidden="true">
          <defs>
            <marker
              id={head}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto-start-reverse"
            >
              <path d="M0 0 L8 4 L0 8 z" className={classes.mapHead} />
            </marker>
          </defs>
          {map.lines.map((line) => (
            <path
              key={`${line.from.level.code}-${line.to.level.code}-${line.kind}`}
              d={pathOf(line)}
              className={line.kind === 'same' ? classes.mapSame : classes.mapNext}
              {...(line.kind === 'next' && { markerEnd: `url(#${head})` })}
              {...(line.both && { markerStart: `url(#${head})` })}
            />
          ))}
        </svg>
        {map.tracks.map(({ code, name, x }) => (
          <section key={code} aria-label={name}>
            <h2 className={classes.mapTrack} style={{ left: x, width: box.width }}>
              {name}
            </h2>
            <ul>
              {map.nodes
                .filter((node) => node.track === code)
                .map((node) => (
                  <MapNode key={node.level.code} node={node} own={own} to={to} />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <p className={cx(ui.small, ui.second)}>
        Arrows show where people usually go, including sideways and back. Dashed lines show the same
        height on another track.
      </p>
    </section>
  );
}

type NodeProps = { node: Node; own: string | null; to: ToLevel };

function MapNode({ node: { level, x, y, kind, small }, own, to }: NodeProps) {
  return (
    <li
      className={classes.mapNode}
      style={{ left: x, top: y, width: box.width, height: box.height }}
    >
      <PathLink path={to(level.code)} className={cx(classes.mapLevel, small && classes.mapSmall)}>
        <span data-kind={kind} data-own={level.code === own || undefined}>
          <b className={ui.cut}>{level.code}</b>{' '}
          {level.shortTitle !== level.code && <span className={ui.cut}>{level.shortTitle}</span>}
          {level.code === own && <span className={cx(ui.tiny, ui.second)}> You are here</span>}
        </span>
      </PathLink>
    </li>
  );
}
