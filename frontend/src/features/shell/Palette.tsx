import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { apiQuery } from '../../api/query';
import { cx, Kbd, ui } from '../../components/ui';
import { type Hit, hitGroups } from './hits';
import type { NavGroup } from './nav';
import classes from './shell.module.css';

const [store, palette] = createSpotlight();

type Props = { opened: boolean; onClose: () => void; groups: NavGroup[] };

function usePeople(term: string) {
  return useQuery({
    ...apiQuery('/people', { query: { q: term, limit: 6 } }),
    enabled: term.length > 1,
    retry: false,
  }).data?.items;
}

function useCases(opened: boolean) {
  return useQuery({
    ...apiQuery('/cases'),
    enabled: opened,
    retry: false,
  }).data?.items;
}

/** Searches and jumps to people, things to do, cases, ladders and pages, but only to what the reader may open. */
export default function Palette({ opened, onClose, groups }: Props) {
  const router = useRouter();
  const [term, setTerm] = useState('');
  const [slow] = useDebouncedValue(term.trim(), 150);
  const people = usePeople(slow);
  const cases = useCases(opened);
  const found = useMemo(
    () => hitGroups(term, { people, cases, groups }),
    [term, people, cases, groups],
  );
  useEffect(() => (opened ? palette.open() : palette.close()), [opened]);
  const open = (hit: Hit) => router.history.push(hit.path);
  return (
    <Spotlight.Root
      store={store}
      query={term}
      onQueryChange={setTerm}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { 'aria-label': 'Search or jump' } }}
      overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
      classNames={{ content: classes.palette ?? '', actionsGroup: classes.hitGroup ?? '' }}
    >
      <Spotlight.Search
        aria-label="Search or jump"
        placeholder="Search or jump"
        leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
        rightSection={<Kbd>Esc</Kbd>}
      />
      <Spotlight.ActionsList className={classes.hits}>
        {found.length === 0 && <Spotlight.Empty>No matches in what you may open</Spotlight.Empty>}
        {found.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.hits.map((hit) => (
              <Spotlight.Action key={hit.key} onClick={() => open(hit)} className={classes.hit}>
                <span className={cx(ui.grow, ui.cut)}>{hit.label}</span>
                {hit.note && <span className={cx(ui.tiny, ui.muted)}>{hit.note}</span>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
      <div className={classes.hitsFoot}>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd>
        <span className={ui.grow}>move</span>
        Only what you may open
      </div>
    </Spotlight.Root>
  );
}
