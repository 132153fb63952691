import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconMoon, IconSun } from '@tabler/icons-react';
import type { Me } from '../../api/types';
import { Chip, cx, Face, ui } from '../../components/ui';
import { signOut } from './session';
import classes from './shell.module.css';

export function UserMenu({ me }: { me: Me }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'light' ? 'dark' : 'light';
  const Icon = other === 'dark' ? IconMoon : IconSun;
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.user}>
          <Face name={me.person.name} />
          <span className={cx(classes.label, ui.grow, ui.cut, ui.medium)}>{me.person.name}</span>
          {me.person.level && (
            <span className={classes.label}>
              <Chip>{me.person.level}</Chip>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon size={16} stroke={1.5} aria-hidden="true" />}
          onClick={() => setColorScheme(other)}
        >
          {other === 'dark' ? 'Dark colours' : 'Light colours'}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.5} aria-hidden="true" />}
          onClick={() => void signOut()}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
