import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Evidence } from '../../api/types';
import { count, isOld, spanWords } from '../../components/format';
import { ExternalLink, Words } from '../../components/text/Words';
import { Chip, cx, ui } from '../../components/ui';
import { useCompetencyName } from '../ladder/useOwnLadder';
import { EvidenceForm } from './EvidenceForm';
import classes from './evidence.module.css';
import { roles } from './form';
import { useDeleteEvidence } from './queries';

type Props = { piece: Evidence; editing: boolean; onEdit: (open: boolean) => void };

export function EvidenceItem({ piece, editing, onEdit }: Props) {
  return (
    <li className={classes.item}>
      {editing ? (
        <EvidenceForm piece={piece} onDone={() => onEdit(false)} onCancel={() => onEdit(false)} />
      ) : (
        <Shown piece={piece} onEdit={() => onEdit(true)} />
      )}
    </li>
  );
}

/** When it happened, and a word when that is long ago. */
export function EvidenceDates({ piece }: { piece: Pick<Evidence, 'happenedFrom' | 'happenedTo'> }) {
  return (
    <span className={cx(ui.tiny, ui.muted, ui.number)}>
      {spanWords(piece.happenedFrom, piece.happenedTo)}
      {isOld(piece.happenedTo ?? piece.happenedFrom) && (
        <span className={ui.turn}> · over 12 months old</span>
      )}
    </span>
  );
}

function Shown({ piece, onEdit }: { piece: Evidence; onEdit: () => void }) {
  const name = useCompetencyName();
  const remove = useDeleteEvidence();
  return (
    <>
      <div className={ui.row}>
        <h2 className={ui.grow}>{piece.title}</h2>
        <EvidenceDates piece={piece} />
      </div>
      {piece.body && <Words text={piece.body} />}
      <div className={cx(ui.row, ui.wrap, classes.gapSmall)}>
        {piece.role && <Chip>{roles[piece.role]}</Chip>}
        {piece.competencies.map((code) => (
          <Chip key={code}>{name(code)}</Chip>
        ))}
        {piece.links.map((link) => (
          <ExternalLink key={link.url} href={link.url}>
            {link.label}
          </ExternalLink>
        ))}
        {piece.confirmedBy && (
          <Chip tone="ok">
            <IconCheck size={13} stroke={1.5} aria-hidden="true" />
            confirmed by {piece.confirmedBy.name}
          </Chip>
        )}
        <span className={ui.grow} />
        {piece.attachedTo > 0 && (
          <span className={cx(ui.tiny, ui.muted)}>attached {count(piece.attachedTo, 'time')}</span>
        )}
        <Button size="xs" variant="subtle" aria-label={`Change ${piece.title}`} onClick={onEdit}>
          Change
        </Button>
        {piece.attachedTo === 0 && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={`Delete ${piece.title}`}
            loading={remove.isPending}
            onClick={() => remove.mutate(piece)}
          >
            Delete
          </Button>
        )}
      </div>
    </>
  );
}
