import { IconSearch } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import type { Me } from '../../api/types';
import { PathLink } from '../../components/links';
import { cx, Kbd, ui } from '../../components/ui';
import { Logo } from './Logo';
import { currentEntry, type NavEntry, type NavGroup } from './nav';
import classes from './shell.module.css';
import { UserMenu } from './UserMenu';

type Props = { me: Me; groups: NavGroup[]; onSearch: () => void; onHelp: () => void };

export function SideNav({ me, groups, onSearch, onHelp }: Props) {
  const { pathname, href } = useLocation();
  const current = currentEntry(groups, pathname, href);
  return (
    <nav className={classes.side} aria-label="Main">
      <div className={classes.brand}>
        <Logo />
        <span className={classes.label}>Rung</span>
        <span className={cx(classes.label, classes.company)}>{me.company}</span>
      </div>
      <button type="button" className={classes.find} onClick={onSearch}>
        <IconSearch size={16} stroke={1.5} aria-hidden="true" />
        <span className={cx(classes.label, ui.grow)}>Search or jump</span>
        <span className={classes.label}>
          <Kbd>Ctrl K</Kbd>
        </span>
      </button>
      <div className={classes.groups}>
        {groups.map((group) => (
          <div key={group.label}>
            {group.label && <div className={classes.groupName}>{group.label}</div>}
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.path}>
                  <Entry entry={entry} on={entry.path === current} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div className={classes.me}>
        <UserMenu me={me} />
        <button
          type="button"
          className={cx(classes.label, classes.help)}
          onClick={onHelp}
          aria-label="Keyboard shortcuts"
        >
          ?
        </button>
      </div>
    </nav>
  );
}

function Entry({ entry, on }: { entry: NavEntry; on: boolean }) {
  return (
    <PathLink path={entry.path} className={cx(classes.entry, on && classes.on)} current={on}>
      <entry.Icon size={16} stroke={1.5} aria-hidden="true" />
      <span className={classes.label}>{entry.label}</span>
      {entry.badge && (
        <span className={cx(classes.badge, entry.due && classes.due)} title={entry.badge}>
          {entry.badge}
        </span>
      )}
    </PathLink>
  );
}
