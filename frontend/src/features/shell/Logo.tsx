import classes from './shell.module.css';

export function Logo() {
  return (
    <svg className={classes.logo} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="5" />
      <path d="M6.5 4v12M13.5 4v12M6.5 7h7M6.5 10.3h7M6.5 13.6h7" />
    </svg>
  );
}
