import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconEye, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { isProblem, Problem, Unreachable } from '../../api/problem';
import { LevelGlyph } from '../LevelGlyph';
import { LinkButton } from '../links';
import { Page } from './Page';
import classes from './states.module.css';

type StateProps = {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  tone?: 'bad';
};

function StateBlock({ icon, title, children, actions, tone }: StateProps) {
  return (
    <div className={classes.state}>
      <div className={classes.icon} data-tone={tone}>
        {icon}
      </div>
      <h2 className={classes.title}>{title}</h2>
      <div className={classes.text}>{children}</div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}

type EmptyProps = { title: string; children: ReactNode; action?: ReactNode };

/** Nothing is here yet: says what will be, and offers the first step. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <StateBlock
      icon={<LevelGlyph level="" filled={1} height={48} />}
      title={title}
      actions={action}
    >
      {children}
    </StateBlock>
  );
}

/** A filter left nothing: offers to remove it. */
export function NoMatch({ title, children, action }: EmptyProps) {
  return (
    <StateBlock
      icon={<IconSearch size={28} stroke={1.2} aria-hidden="true" />}
      title={title}
      actions={action}
    >
      {children}
    </StateBlock>
  );
}

/** One page for what does not exist and for what is not shared with the reader. */
export function NotFound() {
  return (
    <Page title="Nothing here for you">
      <StateBlock
        icon={<IconEye size={28} stroke={1.2} aria-hidden="true" />}
        title="It does not exist, or it is not shared with you"
        actions={
          <LinkButton to="/" variant="default">
            Go home
          </LinkButton>
        }
      >
        Ask the person who sent the link.
      </StateBlock>
    </Page>
  );
}

function errorText(error: Error): string {
  if (error instanceof Unreachable) return 'There is no connection. Nothing you wrote is affected.';
  const request =
    error instanceof Problem && error.requestId
      ? ` Request ${error.requestId}, if you need to report it.`
      : '';
  return `Nothing you wrote is affected.${request}`;
}

export function Failed({
  what,
  error,
  onRetry,
}: {
  what: string;
  error: Error;
  onRetry: () => void;
}) {
  return (
    <StateBlock
      icon={<IconAlertTriangle size={28} stroke={1.2} aria-hidden="true" />}
      tone="bad"
      title={`${what} did not load`}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      {errorText(error)}
    </StateBlock>
  );
}

function useAfter(delay: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  return passed;
}

const bones = ['a', 'b', 'c', 'd', 'e'];

/** Shows nothing for 300 ms, then a skeleton of the layout, and a line of text after 3 s. */
export function Loading() {
  const shown = useAfter(300);
  const slow = useAfter(3000);
  return (
    <div className={classes.loading} role="status" aria-label="Loading">
      {shown && bones.map((bone) => <Skeleton key={bone} height={14} className={classes.bone} />)}
      {slow && <p className={classes.text}>This is taking longer than usual.</p>}
    </div>
  );
}

type Query<T> = { data: T | undefined; error: Error | null; refetch: () => unknown };
type QueryPageProps<T> = {
  query: Query<T>;
  title: string;
  what: string;
  children: (data: T) => ReactNode;
};

/** It does not exist or is not shared with this reader, so trying again does not help. */
function isClosed(error: Error | null): boolean {
  return isProblem(error) && (error.status === 403 || error.status === 404);
}

/** A whole screen that depends on one query: its content, or the state shown instead. */
export function QueryPage<T>({ query, title, what, children }: QueryPageProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (isClosed(query.error)) return <NotFound />;
  return (
    <Page title={title}>
      {query.error ? (
        <Failed what={what} error={query.error} onRetry={() => query.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

type QueryPartProps<T> = { query: Query<T>; what: string; children: (data: T) => ReactNode };

/** A part of a screen that depends on one query. */
export function QueryPart<T>({ query, what, children }: QueryPartProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return <Failed what={what} error={query.error} onRetry={() => query.refetch()} />;
  return <Loading />;
}
