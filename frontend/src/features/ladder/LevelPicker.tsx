import { Button, Menu } from '@mantine/core';
import { IconArrowRight, IconChevronDown, IconPlus } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { Ladder } from '../../api/types';
import { LevelGlyph } from '../../components/LevelGlyph';
import { cx, ui } from '../../components/ui';
import classes from './ladder.module.css';
import { levelsOf } from './levels';

type Props = { ladder: Ladder; levels: string[]; onChange: (levels: string[]) => void };

const most = 4;

/** The levels side by side: the first is the base, up to four. */
export function LevelPicker({ ladder, levels, onChange }: Props) {
  const replace = (index: number, code: string) =>
    onChange(levels.map((level, at) => (at === index ? code : level)));
  const remove = (index: number) => onChange(levels.filter((_, at) => at !== index));
  return (
    <div className={cx(ui.row, ui.wrap, classes.picker)}>
      {levels.map((code, index) => (
        <Fragment key={code}>
          {index === 1 && <IconArrowRight size={16} stroke={1.5} aria-label="compared with" />}
          {index > 1 && <span className={cx(ui.small, ui.second)}>and</span>}
          <LevelMenu
            ladder={ladder}
            chosen={code}
            taken={levels}
            label={index === 0 ? 'Base level' : `Level ${index + 1}`}
            onChoose={(next) => replace(index, next)}
            {...(index > 1 && { onRemove: () => remove(index) })}
          />
        </Fragment>
      ))}
      {levels.length < most && (
        <LevelMenu
          ladder={ladder}
          taken={levels}
          label="Add level"
          onChoose={(next) => onChange([...levels, next])}
        />
      )}
    </div>
  );
}

type MenuProps = {
  ladder: Ladder;
  chosen?: string;
  taken: string[];
  label: string;
  onChoose: (code: string) => void;
  onRemove?: () => void;
};

function LevelMenu({ ladder, chosen, taken, label, onChoose, onRemove }: MenuProps) {
  const level = levelsOf(ladder).find((candidate) => candidate.code === chosen);
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        {level ? (
          <Button
            size="xs"
            aria-label={`${label}: ${level.code} ${level.shortTitle}`}
            leftSection={<LevelGlyph level={level.code} />}
            rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
          >
            {level.code} {level.shortTitle}
          </Button>
        ) : (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
          >
            {label}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {levelsOf(ladder)
          .filter(({ code }) => !taken.includes(code))
          .map(({ code, shortTitle }) => (
            <Menu.Item
              key={code}
              leftSection={<LevelGlyph level={code} />}
              onClick={() => onChoose(code)}
            >
              {code} {shortTitle}
            </Menu.Item>
          ))}
        {onRemove && <Menu.Item onClick={onRemove}>Leave {chosen} out</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
