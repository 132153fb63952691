import { IconCheck, IconFileText } from '@tabler/icons-react';
import type { Claim } from '../../api/types';
import { RatingRow } from '../../components/input/RatingRow';
import { ratingWord } from '../../components/Meter';
import { Segments } from '../../components/text/Segments';
import { Words } from '../../components/text/Words';
import { Chip, cx, ui } from '../../components/ui';
import { EvidenceDates } from '../evidence/EvidenceItem';
import { EditableText } from './EditableText';
import classes from './promotion.module.css';
import { type SectionProps, useSection } from './useSection';

export function ClaimSection(props: SectionProps) {
  return props.editable ? <EditedClaim {...props} /> : <ShownClaim {...props} />;
}

/** A claim with its evidence, framed apart from the text. */
export function ShownClaim({ section }: Pick<SectionProps, 'section'>) {
  const { claim } = section;
  return (
    <div className={classes.claim}>
      <div className={cx(ui.row, ui.small, classes.claimHead)}>
        <span className={cx(ui.medium, ui.grow)}>{section.title}</span>
        <span className={ui.second}>Claim: {ratingWord(claim?.rating ?? null, claim?.scale)}</span>
      </div>
      <div className={classes.claimBody}>
        {claim && <Against claim={claim} />}
        {section.text && <Words text={section.text} />}
        {claim && <ClaimEvidence claim={claim} />}
      </div>
    </div>
  );
}

/** What the ladder expects at the level of the claim. */
function Against({ claim }: { claim: Claim }) {
  return (
    <p className={cx(ui.small, ui.second, classes.against)}>
      <Segments segments={claim.targetText} marked={false} />
    </p>
  );
}

function ClaimEvidence({ claim }: { claim: Claim }) {
  if (claim.evidence.length === 0)
    return <p className={cx(ui.small, ui.turn)}>No evidence attached</p>;
  return (
    <ul>
      {claim.evidence.map((piece) => (
        <li key={piece.id} className={classes.claimPiece}>
          <IconFileText size={16} stroke={1.5} aria-hidden="true" className={ui.muted} />
          <span className={ui.grow}>{piece.title}</span>
          <EvidenceDates piece={piece} />
          <Chip tone={piece.confirmed ? 'ok' : 'plain'}>
            {piece.confirmed && <IconCheck size={13} stroke={1.5} aria-hidden="true" />}
            {piece.confirmed ? 'confirmed by a colleague' : 'self-reported'}
          </Chip>
        </li>
      ))}
    </ul>
  );
}

function EditedClaim(props: SectionProps) {
  const { section } = props;
  const autosave = useSection(props);
  const { value, change } = autosave;
  const { claim } = value;
  return (
    <div className={classes.claim}>
      {claim && (
        <div className={cx(ui.row, ui.small, classes.claimHead)}>
          <span className={cx(ui.medium, ui.grow)}>{section.title}</span>
          <span className={ui.second}>{ratingWord(claim.rating, claim.scale)}</span>
          <RatingRow
            label={`Claim for ${section.title}`}
            value={claim.rating}
            scale={claim.scale}
            onChange={(rating) => change({ ...value, claim: { ...claim, rating } })}
          />
        </div>
      )}
      <div className={classes.claimBody}>
        {claim && <Against claim={claim} />}
        <EditableText {...props} autosave={autosave} label={`Why, ${section.title}`} />
        {claim && <ClaimEvidence claim={claim} />}
      </div>
    </div>
  );
}
