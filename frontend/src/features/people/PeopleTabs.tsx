import { useLocation } from '@tanstack/react-router';
import { PathLink } from '../../components/links';
import { cx, ui } from '../../components/ui';
import classes from './org.module.css';

const tabs = [
  { path: '/people', label: 'Directory' },
  { path: '/org', label: 'Org chart' },
  { path: '/units', label: 'Units' },
];

/** Switches between the views of the people. */
export function PeopleTabs() {
  const { pathname } = useLocation();
  return (
    <nav className={ui.row} aria-label="View people as">
      {tabs.map(({ path, label }) => (
        <PathLink
          key={path}
          path={path}
          current={path === pathname}
          className={cx(classes.tab, path === pathname && classes.on)}
        >
          {label}
        </PathLink>
      ))}
    </nav>
  );
}
