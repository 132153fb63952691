import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { Assessment } from '../../api/types';
import { LevelGlyph } from '../../components/LevelGlyph';
import { ui } from '../../components/ui';
import { useSetTarget } from './queries';

/** Changes the level to rate against. Ratings and reasons stay. */
export function TargetMenu({ assessment }: { assessment: Assessment }) {
  const retarget = useSetTarget(assessment);
  const others = assessment.targets.filter(({ code }) => code !== assessment.target.code);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          size="xs"
          variant="subtle"
          className={ui.wideOnly}
          loading={retarget.isPending}
          rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
        >
          Change the target
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ code, title }) => (
          <Menu.Item
            key={code}
            leftSection={<LevelGlyph level={code} />}
            onClick={() => retarget.mutate(code)}
          >
            {code} {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
