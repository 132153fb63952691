import { getRouteApi } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import type { Ballot, Case, Section } from '../../api/types';
import type { Autosave } from '../../components/autosave/useAutosave';
import { Audience } from '../../components/bar/Audience';
import { WordsInput } from '../../components/input/WordsInput';
import { Chip, cx, ui } from '../../components/ui';
import { ShownClaim } from '../promotion/ClaimSection';
import { ProjectSection } from '../promotion/ProjectSection';
import { Shown as ShownStatement } from '../promotion/StatementSection';
import { type PartKey, parts, sectionsOf } from '../promotion/sections';
import { TextSection } from '../promotion/TextSection';
import type { BallotInput } from './missing';
import classes from './panel.module.css';

const route = getRouteApi('/panel/$caseId');

type Props = {
  promotion: Case;
  ballot: Ballot;
  focus: string | null;
  autosave: Autosave<BallotInput>;
};

/** The frozen packet. It scrolls to the competency that is in focus on the ballot. */
export function Packet({ promotion, ballot, focus, autosave }: Props) {
  const pane = useRef<HTMLElement>(null);
  const followed = useRef(focus);
  useEffect(() => {
    if (followed.current === focus) return;
    followed.current = focus;
    const claim = focus && pane.current?.querySelector(`[data-claim="${CSS.escape(focus)}"]`);
    if (claim) claim.scrollIntoView({ block: 'nearest' });
  }, [focus]);
  return (
    <section className={classes.packet} aria-label="Packet" ref={pane}>
      <PartTabs promotion={promotion} pane={pane} />
      <article className={classes.document}>
        {parts.map(({ key, label }) => (
          <Part key={key} promotion={promotion} part={key} label={label} focus={focus} />
        ))}
        <Notes ballot={ballot} autosave={autosave} />
      </article>
    </section>
  );
}

function PartTabs({ promotion, pane }: { promotion: Case; pane: RefObject<HTMLElement | null> }) {
  const { s } = route.useSearch();
  const navigate = route.useNavigate();
  const go = (part: PartKey) => {
    pane.current?.querySelector(`[data-part="${part}"]`)?.scrollIntoView({ block: 'start' });
    void navigate({ search: { s: part }, replace: true });
  };
  const shown = parts.filter(({ key }) =>
    key === 'statement' ? promotion.statement : sectionsOf(promotion, key).length > 0,
  );
  return (
    <nav className={cx(ui.row, classes.tabs)} aria-label="Parts of the packet">
      {shown.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          aria-current={s === key ? 'true' : undefined}
          onClick={() => go(key)}
        >
          {label}
          {(key === 'project' || key === 'claim') && ` ${sectionsOf(promotion, key).length}`}
        </button>
      ))}
      <span className={ui.grow} />
      <span className={cx(ui.tiny, ui.muted, ui.nowrap)}>
        {promotion.readingMinutes} min to read
      </span>
    </nav>
  );
}

type PartProps = { promotion: Case; part: PartKey; label: string; focus: string | null };

function Part({ promotion, part, label, focus }: PartProps) {
  if (part === 'statement') {
    if (!promotion.statement) return null;
    return (
      <section data-part={part} className={classes.part}>
        <ShownStatement statement={promotion.statement} />
      </section>
    );
  }
  const sections = sectionsOf(promotion, part);
  if (sections.length === 0) return null;
  return (
    <section data-part={part} className={classes.part} aria-label={label}>
      {sections.map((section) => (
        <PacketSection key={section.key} promotion={promotion} section={section} focus={focus} />
      ))}
    </section>
  );
}

type SectionProps = { promotion: Case; section: Section; focus: string | null };

function PacketSection({ promotion, section, focus }: SectionProps) {
  const props = { promotion, section, editable: false };
  if (section.kind === 'project') {
    return (
      <div className={classes.project}>
        <ProjectSection {...props} />
      </div>
    );
  }
  if (section.kind !== 'claim') return <TextSection {...props} />;
  const competency = section.claim?.competency;
  const inFocus = competency !== undefined && competency === focus;
  return (
    <div data-claim={competency} className={classes.claim}>
      {inFocus && <Chip tone="accent">in your ballot now</Chip>}
      <ShownClaim section={section} />
    </div>
  );
}

function Notes({ ballot, autosave }: Pick<Props, 'ballot' | 'autosave'>) {
  const { value, change, flush } = autosave;
  return (
    <section className={classes.part} aria-label="Your notes">
      <h2 className={classes.notesTitle}>Your notes</h2>
      <WordsInput
        aria-label="Your notes"
        minRows={2}
        classNames={{ input: classes.notes ?? '' }}
        value={value.notes}
        onChange={(event) => change({ ...value, notes: event.currentTarget.value })}
        onBlur={flush}
      />
      <div className={cx(ui.row, ui.wrap, ui.tiny)}>
        <Audience audience={ballot.notesAudience} />
        <span className={ui.muted}>Deleted when the case closes</span>
      </div>
    </section>
  );
}
