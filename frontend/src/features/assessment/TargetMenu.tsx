import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { Assessment } from '../../api/types';
import { count } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { cx, ui } from '../../components/ui';
import { useSetTarget } from './queries';

/** Changes the level to rate against. Each level keeps its own ratings and reasons. */
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
            <Written assessment={assessment} level={code} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the author has already written for a level. */
function Written({ assessment, level }: { assessment: Assessment; level: string }) {
  const tried = assessment.tried?.find((other) => other.level.code === level);
  if (!tried) return null;
  const rated = tried.answers.filter(({ rating }) => rating !== null).length;
  return <span className={cx(ui.tiny, ui.muted)}>, {count(rated, 'rating', 'ratings')} kept</span>;
}
