import { Button, TextInput, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import type { Evidence } from '../../api/types';
import { QueryPart } from '../../components/page/states';
import { Chip, cx, Kbd, ui } from '../../components/ui';
import { useKeys } from '../../components/useKeys';
import { useCompetencyName } from '../ladder/useOwnLadder';
import { EvidenceForm } from './EvidenceForm';
import { EvidenceDates } from './EvidenceItem';
import classes from './evidence.module.css';
import { evidenceQuery } from './queries';

type Props = {
  /** The pane is filtered to this competency at first. */
  competency: { code: string; name: string };
  attached: string[];
  onToggle: (piece: Evidence) => void;
};

/** The reader's own evidence beside the text that it supports: to search, attach and add. */
export function EvidencePane({ competency, attached, onToggle }: Props) {
  const [everything, setEverything] = useState(false);
  const [term, setTerm] = useState('');
  const [writing, setWriting] = useState(false);
  const filter = { competency: everything ? undefined : competency.code, q: term || undefined };
  const evidence = useInfiniteQuery(evidenceQuery(filter));
  useKeys({ n: () => setWriting(true), e: focusFirstCard });
  return (
    <section className={classes.pane} aria-label="Evidence">
      <div className={cx(ui.row, classes.paneHead)}>
        <h2 className={ui.grow}>Evidence</h2>
        <Button
          size="xs"
          leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
          rightSection={<Kbd>N</Kbd>}
          onClick={() => setWriting(true)}
        >
          New
        </Button>
      </div>
      {writing ? (
        <EvidenceForm
          competencies={[competency.code]}
          onCancel={() => setWriting(false)}
          onDone={(piece) => {
            setWriting(false);
            onToggle(piece);
          }}
        />
      ) : (
        <>
          <TextInput
            type="search"
            aria-label="Search your evidence"
            placeholder="Search your evidence"
            leftSection={<IconSearch size={16} stroke={1.5} aria-hidden="true" />}
            value={term}
            onChange={(event) => setTerm(event.currentTarget.value)}
          />
          <PaneFilter
            name={competency.name}
            on={!everything}
            onToggle={() => setEverything(!everything)}
          />
          <QueryPart query={evidence} what="Your evidence">
            {({ pages }) => (
              <Cards
                pieces={pages.flatMap((page) => page.items)}
                attached={attached}
                onToggle={onToggle}
              />
            )}
          </QueryPart>
        </>
      )}
    </section>
  );
}

function focusFirstCard() {
  document.querySelector<HTMLElement>('[data-evidence-card]')?.focus();
}

function PaneFilter({ name, on, onToggle }: { name: string; on: boolean; onToggle: () => void }) {
  return (
    <div className={cx(ui.row, classes.paneFilter)}>
      <button
        type="button"
        className={ui.chip}
        data-tone={on ? 'accent' : 'line'}
        aria-pressed={on}
        onClick={onToggle}
      >
        {name}
        {on && <IconX size={13} stroke={1.5} aria-hidden="true" />}
      </button>
    </div>
  );
}

function moveBetweenCards(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-evidence-card]')];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  cards[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

type CardsProps = { pieces: Evidence[]; attached: string[]; onToggle: (piece: Evidence) => void };

function Cards({ pieces, attached, onToggle }: CardsProps) {
  if (pieces.length === 0) {
    return (
      <p className={cx(ui.small, ui.second)}>
        Nothing is logged for this competency yet. “New” opens a short form here, and the assessment
        stays in view.
      </p>
    );
  }
  const nobody = pieces.every((piece) => piece.confirmedBy === null);
  return (
    <>
      <ul onKeyDown={moveBetweenCards}>
        {pieces.map((piece) => (
          <Card
            key={piece.id}
            piece={piece}
            on={attached.includes(piece.id)}
            onToggle={() => onToggle(piece)}
          />
        ))}
      </ul>
      {nobody && (
        <div className={classes.hint}>
          <div className={cx(ui.small, ui.bold)}>No one else has confirmed any of these</div>
          <div className={cx(ui.small, ui.second)}>
            A panel gives more weight to what a colleague confirms. Say in the text who was there.
          </div>
        </div>
      )}
    </>
  );
}

function Card({ piece, on, onToggle }: { piece: Evidence; on: boolean; onToggle: () => void }) {
  const name = useCompetencyName();
  const Icon = on ? IconCheck : IconPlus;
  return (
    <li>
      <button
        type="button"
        className={classes.card}
        data-evidence-card
        aria-pressed={on}
        onClick={onToggle}
      >
        <span className={cx(ui.row, classes.cardTop)}>
          <span className={cx(ui.grow, ui.medium)}>
            <VisuallyHidden component="span">{on ? 'Detach' : 'Attach'} </VisuallyHidden>
            {piece.title}
          </span>
          <Icon size={16} stroke={1.5} aria-hidden="true" />
        </span>
        <EvidenceDates piece={piece} />
        <span className={cx(ui.row, ui.wrap, classes.tags)}>
          {piece.competencies.map((code) => (
            <Chip key={code}>{name(code)}</Chip>
          ))}
        </span>
      </button>
    </li>
  );
}
