import { IconCheckbox, IconHome, IconLadder, IconPlus, IconUsers } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { PathLink } from '../../components/links';
import { cx } from '../../components/ui';
import type { NavGroup } from './nav';
import classes from './shell.module.css';

const MoreDrawer = lazy(() => import('./MoreDrawer'));

const tabs = [
  { label: 'Home', path: '/', Icon: IconHome },
  { label: 'Assess', path: '/assessments', Icon: IconCheckbox },
  { label: 'Log evidence', path: '/evidence?new=true', Icon: IconPlus },
  { label: 'Ladder', path: '/ladders', Icon: IconLadder },
];

function isOn(path: string, pathname: string): boolean {
  return path === '/' ? pathname === '/' : pathname.startsWith(path);
}

/** The bottom bar on a phone. Everything else is under More. */
export function PhoneBar({ groups }: { groups: NavGroup[] }) {
  const pathname = useLocation({ select: (location) => location.pathname });
  const [more, setMore] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of route closes the drawer
  useEffect(() => setMore(false), [pathname]);
  return (
    <nav className={classes.phoneBar} aria-label="Main on a phone">
      {tabs.map(({ label, path, Icon }) => {
        const add = label === 'Log evidence';
        const on = !add && isOn(path, pathname);
        return (
          <PathLink
            key={path}
            path={path}
            current={on}
            label={label}
            className={cx(on && classes.tabOn)}
          >
            <span className={add ? classes.add : undefined}>
              <Icon size={16} stroke={1.5} aria-hidden="true" />
            </span>
            {!add && label}
          </PathLink>
        );
      })}
      <button type="button" onClick={() => setMore(true)} aria-haspopup="dialog">
        <IconUsers size={16} stroke={1.5} aria-hidden="true" />
        More
      </button>
      {more && (
        <Suspense fallback={null}>
          <MoreDrawer groups={groups} onClose={() => setMore(false)} />
        </Suspense>
      )}
    </nav>
  );
}
