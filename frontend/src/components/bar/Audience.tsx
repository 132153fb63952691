import { Popover, VisuallyHidden } from '@mantine/core';
import { IconInbox, IconLock, IconUsers, IconWorld } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Audience as AudienceData, Reader } from '../../api/types';
import { PathLink } from '../links';
import { cx, ui } from '../ui';
import classes from './bar.module.css';

const icons = { only: IconLock, named: IconUsers, panel: IconInbox, everyone: IconWorld };

export function AudienceIcon({ icon, size = 14 }: { icon: AudienceData['icon']; size?: number }) {
  const Icon = icons[icon];
  return <Icon size={size} stroke={1.5} aria-hidden="true" className={ui.muted} />;
}

/** The whole list: who reads it now and why, who comes next and when. */
function ReaderList({ audience }: { audience: AudienceData }) {
  return (
    <>
      <Readers title="Can read it now" readers={audience.now} />
      {audience.next.length > 0 && (
        <Readers
          title={audience.nextWhen ? `Next, ${audience.nextWhen}` : 'Next'}
          readers={audience.next}
        />
      )}
    </>
  );
}

function Readers({ title, readers }: { title: string; readers: Reader[] }) {
  return (
    <>
      <p className={cx(ui.tiny, ui.muted)}>{title}</p>
      <ul className={classes.readers}>
        {readers.map((reader) => (
          <li key={reader.who + reader.why}>
            <span className={ui.medium}>{reader.who}</span>
            <span className={ui.second}>{reader.why}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A button that opens the list of readers. */
export function ReadersButton({
  audience,
  about,
  className,
  children,
}: {
  audience: AudienceData;
  /** What the explanation page is asked about: "packet&id=…". */
  about?: string | undefined;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Popover width={320} position="bottom-end" shadow={undefined} trapFocus={false}>
      <Popover.Target>
        <button type="button" className={className}>
          {children}
          <VisuallyHidden component="span">. Show everybody</VisuallyHidden>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.pop}>
        <ReaderList audience={audience} />
        {about && (
          <PathLink path={`/explain?resource=${about}`} className={ui.link}>
            See names and reasons
          </PathLink>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** The badge beside a field or panel with people's words: who can read it. */
export function Audience({ audience }: { audience: AudienceData }) {
  return (
    <ReadersButton audience={audience} className={classes.audience}>
      <AudienceIcon icon={audience.icon} />
      <VisuallyHidden component="span">Read by </VisuallyHidden>
      <span className={classes.audienceWords}>{audience.words}</span>
    </ReadersButton>
  );
}
