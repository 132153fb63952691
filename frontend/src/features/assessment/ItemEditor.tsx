import { Button, Drawer } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconFileText,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useMe } from '../../api/me';
import type { Assessment, AssessmentItem } from '../../api/types';
import { DraftOffer } from '../../components/autosave/DraftOffer';
import { MergeView } from '../../components/autosave/MergeView';
import type { Autosave } from '../../components/autosave/useAutosave';
import { Audience } from '../../components/bar/Audience';
import { firstName, monthWords, spanWords, wordCount } from '../../components/format';
import { digitWords } from '../../components/input/choices';
import { Field } from '../../components/input/Field';
import { RatingInput } from '../../components/input/RatingInput';
import { WordsInput } from '../../components/input/WordsInput';
import { LevelGlyph } from '../../components/LevelGlyph';
import { ratingWord } from '../../components/Meter';
import { Segments } from '../../components/text/Segments';
import { cx, Kbd, ui } from '../../components/ui';
import { useKeyHints, useKeys } from '../../components/useKeys';
import { EvidencePane } from '../evidence/EvidencePane';
import { AttachedEvidence } from './AttachedEvidence';
import classes from './assessment.module.css';
import { OtherLevels } from './OtherLevels';
import { ratingLabel } from './progress';
import { type Attached, type ItemValue, useItem } from './useItem';

type Props = {
  assessment: Assessment;
  item: AssessmentItem;
  number: number;
  onStep: (by: number) => void;
};

/** The middle and the right pane: one competency with its text, rating, reason and evidence. */
export function ItemEditor({ assessment, item, number, onStep }: Props) {
  const autosave = useItem(assessment, item);
  const { value, change } = autosave;
  const rate = (rating: number) => assessment.canEdit && change({ ...value, rating });
  const toggle = (piece: Attached) =>
    change({ ...value, evidence: toggled(value.evidence, piece) });
  useKeys(Object.fromEntries(item.scale.map((_, point) => [String(point), () => rate(point)])));
  return (
    <>
      <div className={classes.middle}>
        <div className={classes.column}>
          <ItemHead assessment={assessment} item={item} number={number} onStep={onStep} />
          <DraftOffer autosave={autosave} />
          <LevelTexts assessment={assessment} item={item} />
          <Merge item={item} autosave={autosave} />
          <Rating assessment={assessment} item={item} value={value} onRate={rate} />
          <Reason assessment={assessment} autosave={autosave} />
          <OtherLevels assessment={assessment} item={item} autosave={autosave} />
          <AttachedPieces assessment={assessment} item={item} value={value} onToggle={toggle} />
        </div>
      </div>
      <EvidenceSide assessment={assessment} item={item} value={value} onToggle={toggle} />
    </>
  );
}

function toggled(evidence: Attached[], piece: Attached): Attached[] {
  const without = evidence.filter((other) => other.id !== piece.id);
  if (without.length < evidence.length) return without;
  const { id, title, happenedFrom, happenedTo, competencies } = piece;
  return [...evidence, { id, title, happenedFrom, happenedTo, competencies }];
}

function ItemHead({ assessment, item, number, onStep }: Props) {
  return (
    <div className={classes.itemHead}>
      <div className={ui.grow}>
        <div className={cx(ui.tiny, ui.muted, ui.number)}>
          {number} of {assessment.items.length} · {item.category}
        </div>
        <h2 className={classes.itemTitle}>{item.name}</h2>
      </div>
      <Button
        size="xs"
        aria-label="Previous competency"
        aria-disabled={number === 1}
        className={classes.square}
        onClick={() => onStep(-1)}
      >
        <IconChevronLeft size={16} stroke={1.5} aria-hidden="true" />
      </Button>
      <Button
        size="xs"
        rightSection={<IconChevronRight size={14} stroke={1.5} aria-hidden="true" />}
        onClick={() => onStep(1)}
      >
        Next
      </Button>
    </div>
  );
}

function LevelTexts({ assessment, item }: { assessment: Assessment; item: AssessmentItem }) {
  const { base, target, subject } = assessment;
  const own = useMe().person.id === subject.id;
  const whose = own ? 'your level' : `${firstName(subject.name)}’s level`;
  return (
    <div className={classes.texts}>
      {base.code !== target.code && (
        <div className={classes.baseText}>
          <div className={cx(ui.row, ui.tiny, ui.muted)}>
            <LevelGlyph level={base.code} />
            {base.code} {base.title}, {whose}
          </div>
          <p>
            <Segments segments={item.baseText} marked={false} />
          </p>
        </div>
      )}
      <div className={classes.targetText}>
        <div className={cx(ui.row, ui.tiny, ui.muted)}>
          <LevelGlyph level={target.code} />
          {target.code} {target.title}, the target
        </div>
        <p>
          <Segments segments={item.targetText} />
        </p>
      </div>
    </div>
  );
}

function Merge({ item, autosave }: { item: AssessmentItem; autosave: Autosave<ItemValue> }) {
  const { value, theirs, resolve } = autosave;
  if (!theirs) return null;
  const version = (side: ItemValue) => ({
    text: side.reason,
    facts: ratingWord(side.rating, item.scale),
  });
  return (
    <MergeView
      about={`${item.name}, “Why”`}
      mine={version(value)}
      theirs={version(theirs.value)}
      onSave={({ side, text }) =>
        resolve({ ...(side === 'mine' ? value : theirs.value), reason: text })
      }
    />
  );
}

type RatingProps = {
  assessment: Assessment;
  item: AssessmentItem;
  value: ItemValue;
  onRate: (rating: number) => void;
};

function Rating({ assessment, item, value, onRate }: RatingProps) {
  const { scale, previous } = item;
  const { canEdit } = assessment;
  const label = ratingLabel(assessment, useMe().person.id);
  useKeyHints(canEdit ? [{ keys: digitWords(scale.length), does: 'rate' }] : []);
  return (
    <>
      <div className={cx(ui.row, classes.label)}>
        <span className={ui.bold}>{label}</span>
        {canEdit && (
          <span className={cx(ui.tiny, ui.muted, ui.wideOnly)}>
            Keys {digitWords(scale.length)} or arrow keys
          </span>
        )}
        <span className={ui.grow} />
        {previous && (
          <span className={cx(ui.tiny, ui.muted)}>
            Last time, {monthWords(previous.when.slice(0, 10))}:{' '}
            {ratingWord(previous.rating, scale)}
          </span>
        )}
      </div>
      <RatingInput
        label={label}
        scale={scale}
        value={value.rating}
        onChange={onRate}
        readOnly={!canEdit}
      />
    </>
  );
}

function Reason({
  assessment,
  autosave,
}: {
  assessment: Assessment;
  autosave: Autosave<ItemValue>;
}) {
  const { value, change, flush } = autosave;
  return (
    <Field
      label="Why"
      {...(assessment.kind === 'manager' && { about: assessment.subject.name })}
      audience={<Audience audience={assessment.bar.audience} />}
      help={
        <span className={ui.row}>
          <span className={ui.grow}>{wordCount(value.reason)} words</span>
          <span>You can use paragraphs and links</span>
        </span>
      }
    >
      {(control) => (
        <WordsInput
          {...control}
          readOnly={!assessment.canEdit}
          value={value.reason}
          onChange={(event) => change({ ...value, reason: event.currentTarget.value })}
          onBlur={flush}
        />
      )}
    </Field>
  );
}

type EvidenceProps = {
  assessment: Assessment;
  item: AssessmentItem;
  value: ItemValue;
  onToggle: (piece: Attached) => void;
};

function AttachedPieces({ assessment, item, value, onToggle }: EvidenceProps) {
  const [drawer, setDrawer] = useState(false);
  const own = assessment.kind === 'self' && assessment.canEdit;
  return (
    <>
      <div className={cx(ui.row, classes.label)}>
        <span className={ui.bold}>Evidence</span>
        <span className={ui.muted}>{value.evidence.length} attached</span>
      </div>
      <div className={cx(ui.row, ui.wrap)}>
        {value.evidence.map((piece) => (
          <span key={piece.id} className={classes.attached}>
            <IconFileText size={16} stroke={1.5} aria-hidden="true" />
            {piece.title}
            <span className={cx(ui.muted, ui.number)}>
              {spanWords(piece.happenedFrom, piece.happenedTo)}
            </span>
            {own && (
              <button
                type="button"
                aria-label={`Remove ${piece.title}`}
                onClick={() => onToggle(piece)}
              >
                <IconX size={14} stroke={1.5} aria-hidden="true" />
              </button>
            )}
          </span>
        ))}
        {own && (
          <Button
            size="xs"
            variant="subtle"
            className={ui.phoneOnly}
            leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
            rightSection={<Kbd>E</Kbd>}
            onClick={() => setDrawer(true)}
          >
            Attach
          </Button>
        )}
      </div>
      {drawer && (
        <Drawer
          opened
          onClose={() => setDrawer(false)}
          position="bottom"
          size="90%"
          title={item.name}
        >
          <Pane item={item} value={value} onToggle={onToggle} />
        </Drawer>
      )}
    </>
  );
}

function Pane({ item, value, onToggle }: Omit<EvidenceProps, 'assessment'>) {
  const attached = value.evidence.map((piece) => piece.id);
  return (
    <EvidencePane
      competency={{ code: item.competency, name: item.name }}
      attached={attached}
      onToggle={onToggle}
    />
  );
}

function EvidenceSide({ assessment, item, value, onToggle }: EvidenceProps) {
  const own = assessment.kind === 'self' && assessment.canEdit;
  return (
    <aside className={classes.side} aria-label="Evidence pane">
      {own ? (
        <Pane item={item} value={value} onToggle={onToggle} />
      ) : (
        <AttachedEvidence pieces={item.evidence} subject={assessment.subject.name} />
      )}
    </aside>
  );
}
