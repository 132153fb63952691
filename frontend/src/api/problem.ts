import type { RowIssue } from './types';

export type FieldError = RowIssue & { pointer?: string; file?: string };

type ProblemBody = {
  status?: number;
  code?: string;
  title?: string;
  detail?: string;
  requestId?: string;
  errors?: FieldError[];
  current?: unknown;
};

/** An error that the API answers with. `code` is stable, `message` is for people. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly errors: FieldError[];
  readonly current: unknown;
  /** How long the server wants to be left alone, in milliseconds, if it says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: ProblemBody = {}, retryAfter?: number) {
    super(body.detail ?? body.title ?? `The server answered ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.requestId = body.requestId;
    this.errors = body.errors ?? [];
    this.current = body.current;
    this.retryAfter = retryAfter;
  }
}

/** The request never reached the server. */
export class Unreachable extends Error {
  constructor() {
    super('There is no connection to the server');
    this.name = 'Unreachable';
  }
}

const passing = [408, 429, 502, 503, 504];

/** Whether the same request is likely to succeed later: the server is busy, or away. */
export function isPassing(error: unknown): error is Problem {
  return error instanceof Problem && passing.includes(error.status);
}

/** Reads a Retry-After header, which has seconds or a date. */
export function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

export function isProblem(error: unknown, code?: string): error is Problem {
  return error instanceof Problem && (code === undefined || error.code === code);
}

/** What the API says is wrong with one field; undefined when nothing is. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!isProblem(error)) return undefined;
  return error.errors.find((e) => e.field === field || e.pointer === `/${field}`)?.message;
}
