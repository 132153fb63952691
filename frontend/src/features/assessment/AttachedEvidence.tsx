import type { EvidenceBrief } from '../../api/types';
import { Chip, cx, ui } from '../../components/ui';
import { EvidenceDates } from '../evidence/EvidenceItem';
import { useCompetencyName } from '../ladder/useOwnLadder';
import classes from './assessment.module.css';

type Props = { pieces: EvidenceBrief[]; subject: string };

/** What a person attached, for another reader. */
export function AttachedEvidence({ pieces, subject }: Props) {
  const name = useCompetencyName();
  return (
    <section aria-label="Attached evidence">
      <h2 className={classes.sideTitle}>{subject}’s evidence</h2>
      {pieces.length === 0 && (
        <p className={cx(ui.small, ui.second)}>Nothing attached here is shared with you yet.</p>
      )}
      <ul>
        {pieces.map((piece) => (
          <li key={piece.id} className={classes.piece}>
            <div className={ui.medium}>{piece.title}</div>
            <EvidenceDates piece={piece} />
            <div className={cx(ui.row, ui.wrap, classes.tags)}>
              {piece.competencies.map((code) => (
                <Chip key={code}>{name(code)}</Chip>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
