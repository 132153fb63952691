import {
  IconArrowUp,
  IconBriefcase,
  IconChartBar,
  IconCheckbox,
  IconCoin,
  IconDeviceLaptop,
  IconEye,
  IconFileText,
  IconHome,
  IconInbox,
  IconKey,
  IconLadder,
  IconListCheck,
  IconPencil,
  IconPlugConnected,
  IconQuestionMark,
  IconSettings,
  IconStack2,
  IconUpload,
  IconUsers,
} from '@tabler/icons-react';
import type { LadderBrief, Me } from '../../api/types';

export type NavEntry = {
  label: string;
  path: string;
  Icon: typeof IconHome;
  /** The number of things that wait for the reader there. */
  badge?: string;
  /** The badge has a date. */
  due?: boolean;
};
export type NavGroup = { label: string; entries: NavEntry[] };

function waiting(number: number): { badge?: string; due?: boolean } {
  return number > 0 ? { badge: String(number), due: true } : {};
}

function ownEntries({ badges, can }: Me): NavEntry[] {
  const { assessment } = badges;
  const entries: NavEntry[] = [
    { label: 'Home', path: '/', Icon: IconHome },
    {
      label: 'My assessment',
      path: '/assessments',
      Icon: IconCheckbox,
      ...(assessment && {
        badge: `${assessment.done}/${assessment.total}`,
        due: assessment.dueAt !== null,
      }),
    },
    { label: 'Evidence', path: '/evidence', Icon: IconFileText },
    { label: 'Technologies', path: '/me/technologies', Icon: IconStack2 },
  ];
  const promotion = {
    label: 'Promotion',
    path: '/cases',
    Icon: IconArrowUp,
    ...waiting(badges.promotion),
  };
  return can.includes('cases.own') ? [...entries, promotion] : entries;
}

function teamEntries({ badges, can }: Me): NavEntry[] {
  const team = { label: 'Team', path: '/team', Icon: IconUsers, ...waiting(badges.team) };
  const cases = { label: 'Promotion cases', path: '/cases?scope=managed', Icon: IconBriefcase };
  return [
    ...(can.includes('team') ? [team] : []),
    ...(can.includes('cases.manage') ? [cases] : []),
  ];
}

function companyEntries({ can }: Me): NavEntry[] {
  const all: (NavEntry & { needs: string[] })[] = [
    {
      label: 'All promotion cases',
      path: '/cases?scope=all',
      Icon: IconBriefcase,
      needs: ['cases.all'],
    },
    { label: 'People', path: '/people', Icon: IconUsers, needs: ['people'] },
    { label: 'Corrections', path: '/corrections', Icon: IconFileText, needs: ['corrections'] },
    { label: 'Company settings', path: '/settings', Icon: IconSettings, needs: ['settings'] },
    {
      label: 'Imports',
      path: '/imports',
      Icon: IconUpload,
      needs: ['people.import', 'bands.import', 'pay.import'],
    },
  ];
  return all
    .filter((entry) => entry.needs.some((right) => can.includes(right)))
    .map(({ needs: _, ...entry }) => entry);
}

function platformEntries({ can }: Me): NavEntry[] {
  const all: (NavEntry & { needs: string })[] = [
    { label: 'Roles', path: '/roles', Icon: IconKey, needs: 'roles' },
    { label: 'Provisioning', path: '/tokens', Icon: IconPlugConnected, needs: 'tokens' },
    { label: 'Audit trail', path: '/audit', Icon: IconListCheck, needs: 'audit' },
    {
      label: 'Access explained',
      path: '/explain',
      Icon: IconQuestionMark,
      needs: 'explain.others',
    },
  ];
  return all.filter((entry) => can.includes(entry.needs)).map(({ needs: _, ...entry }) => entry);
}

const laddersInBar = 6;

function ladderEntries({ can }: Me, ladders: LadderBrief[]): NavEntry[] {
  const drafts = can.includes('ladders.edit') ? 'Ladder editor' : 'Ladders in review';
  return [
    ...ladders.slice(0, laddersInBar).map(({ slug, name }) => ({
      label: name,
      path: `/ladders/${slug}`,
      Icon: IconLadder,
    })),
    ...(ladders.length > laddersInBar
      ? [{ label: `All ${ladders.length} ladders`, path: '/ladders', Icon: IconLadder }]
      : []),
    { label: drafts, path: '/ladder-drafts', Icon: IconPencil },
  ];
}

/** The sidebar of a reader: only what they may open, without empty groups. */
export function navGroups(me: Me, ladders: LadderBrief[]): NavGroup[] {
  const panel = {
    label: 'Cases to read',
    path: '/panel',
    Icon: IconInbox,
    ...waiting(me.badges.panel),
  };
  const bands = { label: 'Bands', path: '/bands', Icon: IconChartBar };
  const groups: NavGroup[] = [
    { label: '', entries: ownEntries(me) },
    { label: 'My team', entries: teamEntries(me) },
    { label: 'Panel', entries: me.can.includes('panel') ? [panel] : [] },
    { label: 'Company', entries: companyEntries(me) },
    { label: 'Compensation', entries: me.can.includes('bands') ? [bands] : [] },
    {
      label: 'Ladders',
      entries: ladderEntries(me, ladders),
    },
    { label: 'Platform', entries: platformEntries(me) },
    {
      label: 'My record',
      entries: [
        { label: 'My pay band', path: '/me/band', Icon: IconCoin },
        { label: 'Copy and corrections', path: '/me/record', Icon: IconFileText },
        { label: 'Who read my record', path: '/me/readers', Icon: IconEye },
        { label: 'Sign-ins', path: '/sessions', Icon: IconDeviceLaptop },
      ],
    },
  ];
  return groups.filter((group) => group.entries.length > 0);
}

/** The current entry: the longest path that the current path starts with. */
export function currentEntry(
  groups: NavGroup[],
  pathname: string,
  href: string,
): string | undefined {
  const paths = groups.flatMap((group) => group.entries.map((entry) => entry.path));
  if (paths.includes(href)) return href;
  const fits = paths.filter(
    (path) => path === pathname || (path !== '/' && pathname.startsWith(`${path}/`)),
  );
  return fits.toSorted((a, b) => b.length - a.length)[0];
}
