import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { createContext, type KeyboardEvent, type RefCallback, useContext, useState } from 'react';
import { whole } from '../../components/format';
import { LevelGlyph } from '../../components/LevelGlyph';
import { PathLink } from '../../components/links';
import { Empty, QueryPart } from '../../components/page/states';
import { cx, Face, ui } from '../../components/ui';
import classes from './org.module.css';
import { levelQuery, type OrgNode } from './orgQueries';

type Props = {
  open: ReadonlySet<string>;
  onToggle: (id: string, on: boolean) => void;
  /** The person who was looked for. They are marked and scrolled to. */
  found: string | undefined;
};

type Tree = Props & { active: string | undefined; setActive: (id: string) => void };
const TreeContext = createContext<Tree | undefined>(undefined);

function useTree(): Tree {
  const tree = useContext(TreeContext);
  if (!tree) throw new Error('outside a tree');
  return tree;
}

/** A tree with one tab stop. Arrow keys move and fold, Home and End jump, and Enter opens the person. */
export function OrgTree(props: Props) {
  const [active, setActive] = useState<string>();
  return (
    <TreeContext.Provider value={{ ...props, active, setActive }}>
      <Level parent={undefined} depth={1} />
    </TreeContext.Provider>
  );
}

function Level({ parent, depth }: { parent: OrgNode | undefined; depth: number }) {
  const level = useInfiniteQuery(levelQuery(parent?.id));
  const nodes = level.data?.pages.flatMap((page) => page.items) ?? [];
  const left = parent ? parent.direct - nodes.length : 0;
  return (
    <QueryPart query={level} what={parent ? `The reports of ${parent.name}` : 'The org chart'}>
      {() =>
        nodes.length === 0 ? (
          <Empty title="Nobody is here yet">
            HR imports people from a file, or the identity provider sends them.
          </Empty>
        ) : (
          <>
            <ul
              role={depth === 1 ? 'tree' : 'group'}
              aria-label={depth === 1 ? 'Org chart' : `Reports of ${parent?.name}`}
              className={depth === 1 ? classes.tree : classes.group}
            >
              {nodes.map((node, index) => (
                <Item key={node.id} node={node} depth={depth} first={depth === 1 && index === 0} />
              ))}
            </ul>
            {level.hasNextPage && (
              <Button
                size="xs"
                className={classes.more}
                loading={level.isFetchingNextPage}
                onClick={() => void level.fetchNextPage()}
              >
                {left > 0 ? `Show more, ${whole(left)} left` : 'Show more'}
              </Button>
            )}
          </>
        )
      }
    </QueryPart>
  );
}

/** The items that are on the screen, in their order. */
function shown(item: Element): HTMLElement[] {
  return [
    ...(item.closest('[role="tree"]')?.querySelectorAll<HTMLElement>('[role="treeitem"]') ?? []),
  ];
}

function above(item: HTMLElement): HTMLElement | undefined {
  const parent = item.closest('[role="group"]')?.parentElement;
  return parent?.querySelector<HTMLElement>(':scope > [role="treeitem"]') ?? undefined;
}

/** Where a key leads from an item, if it leads anywhere. */
function neighbour(item: HTMLElement, key: string): HTMLElement | undefined {
  const items = shown(item);
  const here = items.indexOf(item);
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return items[here + 1];
    case 'ArrowUp':
      return items[here - 1];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    case 'ArrowLeft':
      return above(item);
    default:
      return undefined;
  }
}

const keys = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Enter'];

function useItemKeys(node: OrgNode, isOpen: boolean) {
  const { onToggle } = useTree();
  const router = useRouter();
  return (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || !keys.includes(event.key)) return;
    event.preventDefault();
    const folds = node.direct > 0;
    if (event.key === 'Enter') router.history.push(`/people/${node.id}`);
    else if (event.key === 'ArrowRight' && !isOpen) folds && onToggle(node.id, true);
    else if (event.key === 'ArrowLeft' && isOpen) onToggle(node.id, false);
    else neighbour(event.currentTarget, event.key)?.focus();
  };
}

function Item({ node, depth, first }: { node: OrgNode; depth: number; first: boolean }) {
  const { open } = useTree();
  const isOpen = node.direct > 0 && open.has(node.id);
  return (
    <li role="none">
      <Line node={node} depth={depth} first={first} isOpen={isOpen} />
      {isOpen && <Level parent={node} depth={depth + 1} />}
    </li>
  );
}

type LineProps = { node: OrgNode; depth: number; first: boolean; isOpen: boolean };

function Line({ node, depth, first, isOpen }: LineProps) {
  const { found, active, setActive } = useTree();
  const onKeyDown = useItemKeys(node, isOpen);
  const isFound = node.id === found;
  const folds = node.direct > 0;
  const scrollTo: RefCallback<HTMLDivElement> = (item) => {
    if (isFound) item?.scrollIntoView({ block: 'center' });
  };
  return (
    <div
      ref={scrollTo}
      role="treeitem"
      aria-level={depth}
      aria-expanded={folds ? isOpen : undefined}
      aria-current={isFound || undefined}
      tabIndex={(active ? active === node.id : first) ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && setActive(node.id)}
      onKeyDown={onKeyDown}
      className={cx(classes.line, isFound && classes.found)}
    >
      <Fold node={node} isOpen={isOpen} />
      <Face name={node.name} size="small" />
      <span className={classes.who}>
        <PathLink path={`/people/${node.id}`} className={cx(ui.medium)}>
          {node.name}
        </PathLink>
        <span className={cx(ui.small, ui.second, ui.cut)}>
          {[node.title, node.unit].filter(Boolean).join(', ')}
        </span>
      </span>
      <span className={cx(ui.row, classes.level)}>
        {node.level && <LevelGlyph level={node.level} />}
        {node.level}
      </span>
      <span className={cx(ui.small, ui.second, ui.number, classes.counts)}>
        {folds && `${whole(node.direct)} direct, ${whole(node.all)} in all`}
      </span>
    </div>
  );
}

/** For the mouse. On the keyboard, the arrow keys do this. */
function Fold({ node, isOpen }: { node: OrgNode; isOpen: boolean }) {
  const { onToggle } = useTree();
  const folds = node.direct > 0;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden="true"
      className={classes.fold}
      data-leaf={!folds}
      onClick={() => folds && onToggle(node.id, !isOpen)}
    >
      {folds && (isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />)}
    </button>
  );
}
