import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { Vote } from '../../api/types';
import { Kbd } from '../ui';
import { arrowTarget, focusSibling, isTabStop } from './choices';
import classes from './inputs.module.css';

export const votes = [
  { vote: 'approve', word: 'Approve', key: 'A', Icon: IconCheck },
  { vote: 'not_yet', word: 'Not yet', key: 'Y', Icon: IconClock },
  { vote: 'decline', word: 'Decline', key: 'D', Icon: IconX },
] as const;

export function voteWord(vote: Vote | null): string {
  return votes.find((choice) => choice.vote === vote)?.word ?? 'No vote';
}

type Props = { value: Vote | null; onChange: (vote: Vote) => void; readOnly?: boolean };

export function VoteInput({ value, onChange, readOnly }: Props) {
  const chosen = votes.findIndex((choice) => choice.vote === value);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const target = arrowTarget(event.key, index, votes.length);
    const choice = target === undefined ? undefined : votes[target];
    if (target === undefined || !choice || readOnly) return;
    event.preventDefault();
    onChange(choice.vote);
    focusSibling(event, target);
  };
  return (
    <div role="radiogroup" aria-label="Your vote" className={classes.votes}>
      {votes.map(({ vote, word, key, Icon }, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a card with an icon and a key hint
        <button
          key={vote}
          type="button"
          role="radio"
          aria-checked={value === vote}
          tabIndex={isTabStop(index, chosen) ? 0 : -1}
          className={classes.vote}
          onClick={() => !readOnly && onChange(vote)}
          onKeyDown={(event) => onKeyDown(event, index)}
        >
          <Icon size={16} stroke={1.5} aria-hidden="true" />
          {word}
          <Kbd>{key}</Kbd>
        </button>
      ))}
    </div>
  );
}
