import { Button, type ButtonProps } from '@mantine/core';
import { createLink, useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';

/** A button that goes to a route of the app. */
export const LinkButton = createLink(
  ({
    ...props
  }: ButtonProps & AnchorHTMLAttributes<HTMLAnchorElement> & { children?: ReactNode }) => (
    <Button component="a" {...props} />
  ),
);

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** Follows a path that the server gave, without leaving the app. */
export function usePathLink(path: string) {
  const router = useRouter();
  const onClick = (event: MouseEvent) => {
    if (!isPlainClick(event) || event.defaultPrevented) return;
    event.preventDefault();
    router.history.push(path);
  };
  return { href: path, onClick };
}

type PathLinkProps = {
  path: string;
  className?: string;
  current?: boolean;
  label?: string;
  children: ReactNode;
};

export function PathLink({ path, className, current = false, label, children }: PathLinkProps) {
  const { href, onClick } = usePathLink(path);
  return (
    <a
      href={href}
      onClick={onClick}
      className={className}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
    >
      {children}
    </a>
  );
}

export function PathButton({
  path,
  children,
  ...props
}: ButtonProps & { path: string; children: ReactNode; 'aria-label'?: string }) {
  return (
    <Button component="a" {...props} {...usePathLink(path)}>
      {children}
    </Button>
  );
}
