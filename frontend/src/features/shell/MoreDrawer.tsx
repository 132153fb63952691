import { Drawer } from '@mantine/core';
import { PathLink } from '../../components/links';
import type { NavGroup } from './nav';
import classes from './shell.module.css';

export default function MoreDrawer({
  groups,
  onClose,
}: {
  groups: NavGroup[];
  onClose: () => void;
}) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      title="More"
      size="80%"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ul className={classes.moreList}>
        {groups.flatMap((group) =>
          group.entries.map((entry) => (
            <li key={entry.path}>
              <PathLink path={entry.path}>
                <entry.Icon size={16} stroke={1.5} aria-hidden="true" />
                {entry.label}
              </PathLink>
            </li>
          )),
        )}
      </ul>
    </Drawer>
  );
}
