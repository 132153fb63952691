import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QueryPart } from '../../components/page/states';
import { cx, ui } from '../../components/ui';
import classes from './bands.module.css';
import { explainQuery } from './queries';

type Props = { level: string; location: string; asOf: string };

/** How every figure of a row is computed, with the numbers put in. */
export function Explain(props: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={460}
      position="top-end"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          aria-label={`How this is computed, ${props.level}`}
          onClick={() => setOpened(!opened)}
        >
          How this is computed{' '}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.explain} aria-label="How this is computed" tabIndex={0}>
        {opened && <Figures {...props} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Figures({ level, location, asOf }: Props) {
  const explained = useQuery(explainQuery(level, location, asOf));
  return (
    <QueryPart query={explained} what="The explanation">
      {({ figures }) => (
        <dl>
          {figures.map((figure) => (
            <div key={figure.name} className={classes.explained}>
              <dt className={ui.medium}>
                {figure.name} <span className={ui.number}>{figure.value}</span>
              </dt>
              <dd className={cx(ui.tiny, ui.second)}>
                {figure.formula}
                <br />
                {figure.substituted}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </QueryPart>
  );
}
