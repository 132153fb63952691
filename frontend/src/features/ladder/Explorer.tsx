import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Ladder } from '../../api/types';
import { ui } from '../../components/ui';
import { AboutLadder } from './AboutLadder';
import { LadderGrid } from './LadderGrid';
import { LadderMap } from './LadderMap';
import { LadderSearch } from './LadderSearch';
import classes from './ladder.module.css';
import { OneLevel } from './OneLevel';
import type { ToLevel } from './paths';
import { languagesOf, translated } from './translate';

export type ExplorerView = 'grid' | 'map' | 'about';
export type ExplorerState = { view: ExplorerView; q: string; lang?: string | undefined };

type Props = {
  ladder: Ladder;
  own: string | null;
  to: ToLevel;
  state: ExplorerState;
  onChange: (state: Partial<ExplorerState>) => void;
};

const views: { value: ExplorerView; label: string }[] = [
  { value: 'grid', label: 'Grid' },
  { value: 'map', label: 'Map' },
  { value: 'about', label: 'About' },
];

/** A ladder to explore: as a grid, as a map, as facts about the whole of it, or by search. */
export function Explorer({ ladder: original, own, to, state, onChange }: Props) {
  const languages = languagesOf(original);
  const ladder = translated(original, state.lang);
  return (
    <>
      <div className={classes.explorerBar}>
        <SegmentedControl
          aria-label="View"
          data={views}
          value={state.view}
          onChange={(view) => onChange({ view })}
        />
        <TextInput
          aria-label="Search in this ladder"
          placeholder="Search in this ladder"
          leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
          value={state.q}
          onChange={(event) => onChange({ q: event.currentTarget.value })}
        />
        {languages.length > 1 && (
          <SegmentedControl
            aria-label="Language"
            data={languages}
            value={state.lang ?? original.language}
            onChange={(lang) => onChange({ lang })}
          />
        )}
      </div>
      {state.q.trim() !== '' ? (
        <LadderSearch ladder={ladder} words={state.q} to={to} />
      ) : state.view === 'map' ? (
        <LadderMap ladder={ladder} own={own} to={to} />
      ) : state.view === 'about' ? (
        <AboutLadder ladder={ladder} />
      ) : (
        <>
          <div className={ui.wideOnly}>
            <LadderGrid ladder={ladder} own={own} to={to} />
          </div>
          <div className={ui.phoneOnly}>
            <OneLevel ladder={ladder} own={own} />
          </div>
        </>
      )}
    </>
  );
}
