import type { Day, Instant, Money } from '../api/types';

const locale = 'en-GB';
const dayMs = 86_400_000;

function fromDay(day: Day): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date);
}

/** Prints without commas; "Sept" is the one month that would not have three letters. */
function print(at: Date, options: Intl.DateTimeFormatOptions): string {
  const words = new Intl.DateTimeFormat(locale, options).format(at);
  return words.replaceAll(',', '').replace(/\bSept\b/, 'Sep');
}

function format(at: Date, options: Intl.DateTimeFormatOptions, now: Date): string {
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return print(at, { ...options, year });
}

/** "4 Dec", with the year when it is not this one. */
export function dayWords(day: Day, now = new Date()): string {
  return format(fromDay(day), { day: 'numeric', month: 'short' }, now);
}

/** "Fri 4 Dec" in the reader's time zone. */
export function dateWords(at: Instant, now = new Date()): string {
  return format(new Date(at), { weekday: 'short', day: 'numeric', month: 'short' }, now);
}

/** "10:42" in the reader's time zone. */
export function clockWords(at: Instant | Date): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  );
}

/** "Fri 4 Dec, 18:00" in the reader's time zone. */
export function dueWords(at: Instant, now = new Date()): string {
  return `${dateWords(at, now)}, ${clockWords(at)}`;
}

/** "March 2024". */
export function monthWords(day: Day): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(fromDay(day));
}

/** "Tuesday 24 November". */
export function longDayWords(at: Date): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return print(at, options);
}

function shortMonth(day: Day, withYear: boolean): string {
  const options = { month: 'short', year: withYear ? 'numeric' : undefined } as const;
  return print(fromDay(day), options);
}

/** "19 Nov", "Sep to Nov 2026": one day as a day, a stretch of time in months. */
export function spanWords(from: Day, to: Day | null, now = new Date()): string {
  if (to === null || to === from) return dayWords(from, now);
  if (from.slice(0, 7) === to.slice(0, 7)) return shortMonth(from, true);
  return `${shortMonth(from, from.slice(0, 4) !== to.slice(0, 4))} to ${shortMonth(to, true)}`;
}

function wholeDays(from: Date, to: Date): number {
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  return Math.round((midnight(to) - midnight(from)) / dayMs);
}

/** What is left until a due date: "10 days left", "today", "3 days late". */
export function leftWords(at: Instant, now = new Date()): string {
  const due = new Date(at);
  const days = wholeDays(now, due);
  if (due < now && days === 0) return 'overdue since today';
  if (days === 0) return 'today';
  return days > 0 ? `${count(days, 'day')} left` : `${count(-days, 'day')} late`;
}

export function isLate(at: Instant | null, now = new Date()): boolean {
  return at !== null && new Date(at) < now;
}

/** How long ago a day was, short: "5 d", "3 wk", "14 mo". */
export function ageWords(day: Day, now = new Date()): string {
  const days = Math.max(0, wholeDays(fromDay(day), now));
  if (days < 14) return `${days} d`;
  if (days < 60) return `${Math.floor(days / 7)} wk`;
  return `${Math.floor(days / 30.44)} mo`;
}

/** Evidence older than a year says little about the present. */
export function isOld(day: Day | null, now = new Date()): boolean {
  return day !== null && wholeDays(fromDay(day), now) > 365;
}

export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${whole(number)} ${number === 1 ? noun : plural}`;
}

export function whole(number: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }).format(number);
}

/** "3.1 %" of a number that already is a percentage. */
export function percent(number: number): string {
  return `${number.toFixed(1)} %`;
}

/** A compa-ratio, "0.95". */
export function ratio(number: number): string {
  return number.toFixed(2);
}

function fractionDigits(currency: string): number {
  const options = { style: 'currency', currency } as const;
  return new Intl.NumberFormat('en', options).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Major units of an amount in minor units. */
export function major(minor: number, currency: string): number {
  return minor / 10 ** fractionDigits(currency);
}

/** "195,000": an amount whose currency is written once elsewhere. */
export function amount(minor: number, currency: string): string {
  return whole(major(minor, currency));
}

/** "USD 195,000". */
export function money(value: Money): string {
  return `${value.currency} ${amount(value.minor, value.currency)}`;
}

export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

/** "A, B and C". */
export function wordList(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function wordCount(text: string): number {
  return text.trim() === '' ? 0 : text.trim().split(/\s+/).length;
}
