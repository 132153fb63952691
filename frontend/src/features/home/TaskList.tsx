import {
  IconArrowsLeftRight,
  IconArrowUp,
  IconCheckbox,
  IconClock,
  IconGavel,
  IconInbox,
  IconTransfer,
  IconUpload,
  IconUsers,
} from '@tabler/icons-react';
import type { Task } from '../../api/types';
import { dateWords, isLate } from '../../components/format';
import { PathButton, PathLink } from '../../components/links';
import { Steps } from '../../components/Steps';
import { Chip, cx, type Tone, ui } from '../../components/ui';
import classes from './home.module.css';

const icons = {
  assessment: IconCheckbox,
  review: IconUsers,
  comparison: IconArrowsLeftRight,
  case: IconArrowUp,
  ballot: IconInbox,
  decision: IconGavel,
  panel: IconInbox,
  import: IconUpload,
  handover: IconTransfer,
};

const soon = 4 * 86_400_000;

function dueTone(task: Task): Tone {
  if (task.late || isLate(task.dueAt)) return 'bad';
  return task.dueAt && new Date(task.dueAt).getTime() - Date.now() < soon ? 'turn' : 'plain';
}

/** Tasks by date. The reader's first task has the one solid button. */
export function TaskList({ tasks, mine = false }: { tasks: Task[]; mine?: boolean }) {
  return (
    <ul className={ui.panel}>
      {tasks.map((task, index) => (
        <TaskRow key={`${task.href}${task.title}`} task={task} mine={mine} first={index === 0} />
      ))}
    </ul>
  );
}

type RowProps = { task: Task; mine: boolean; first: boolean };

function TaskRow({ task, mine, first }: RowProps) {
  const Icon = icons[task.kind];
  return (
    <li className={classes.task}>
      <span className={classes.taskIcon}>
        <Icon size={16} stroke={1.5} aria-hidden="true" />
      </span>
      <div className={ui.grow}>
        <PathLink path={task.href} className={classes.taskTitle}>
          {task.title}
        </PathLink>
        <div className={cx(ui.small, ui.second)}>{task.detail}</div>
      </div>
      {task.progress && (
        <span className={ui.wideOnly}>
          <Steps steps={task.progress.total} now={task.progress.done + 1} width={8} />
        </span>
      )}
      {task.dueAt && <Due task={task} mine={mine} at={task.dueAt} />}
      {mine && (
        <PathButton
          path={task.href}
          size="xs"
          variant={first ? 'filled' : 'default'}
          className={ui.wideOnly}
        >
          {task.action}
        </PathButton>
      )}
    </li>
  );
}

function Due({ task, mine, at }: { task: Task; mine: boolean; at: string }) {
  if (!mine)
    return (
      <span className={cx(ui.small, ui.second, ui.nowrap, ui.number)}>by {dateWords(at)}</span>
    );
  return (
    <Chip tone={dueTone(task)}>
      <IconClock size={13} stroke={1.5} aria-hidden="true" />
      <time dateTime={at}>{dateWords(at)}</time>
      {task.late && ', late'}
    </Chip>
  );
}
